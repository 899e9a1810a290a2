using System.Collections.Immutable;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Assignments.Records;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Features.Tokens;
using Sidecar.Interactions;

namespace Sidecar.Api.Resources;

/// <summary>What assignments keep, their reviews and hand-overs, over the API (ASG-6, ASG-12).</summary>
internal sealed class AssignmentRecords(
    RecordForm record,
    AnswerReview review,
    HandOverUseCase handOvers,
    AssignmentResource reads,
    ApiAnswers answers
)
{
    private const string Link = "link";
    private const string Title = "title";
    private const string On = "on";
    private const string About = "about";
    private const string Outcome = "decision";
    private const string Why = "why";
    private const string Step = "step";
    private const string Reason = "reason";
    private const string Note = "note";
    private const string To = "to";
    private const string Anyway = "anyway";
    private const string Ask = "ask";
    private const string Name = "name";
    private const string Accept = "accept";
    private const string Decline = "decline";
    private const string CallOff = "cancel";

    private static readonly Dictionary<string, string> Names = new(StringComparer.Ordinal)
    {
        [RecordForm.DayField] = On,
    };

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        Record(
            "setEnvironment",
            "/environment",
            "Say where a customer's environment is emulated",
            RecordedThing.Environment,
            new ApiField(Link, FieldType.Text, "Its address; null: there is none.")
            {
                IsRequired = true,
                CanBeNull = true,
                MaxLength = Assignment.MaxLinkLength,
            }
        ),
        Record(
            "noteMeeting",
            "/meetings",
            "Note a meeting with a customer",
            RecordedThing.Meeting,
            new(About, FieldType.Text, "What it was about.")
            {
                IsRequired = true,
                MaxLength = RecordedText.MaxAboutLength,
            },
            new(On, FieldType.Day, "When it was; today unless it is sent.")
        ),
        Record(
            "recordDocument",
            "/documents",
            "Record that a technical design document was updated",
            RecordedThing.Document,
            new(
                Link,
                FieldType.Text,
                "Its address: one with the same address is the same document."
            )
            {
                IsRequired = true,
                MaxLength = Assignment.MaxLinkLength,
            },
            new(Title, FieldType.Text, "Its title, unless it is known already.")
            {
                MaxLength = RecordedText.MaxTitleLength,
            },
            new(On, FieldType.Day, "When it was updated; today unless it is sent.")
        ),
        new(
            "reviewAssignment",
            "POST",
            "/assignments/{id}/review",
            "Decide whether an assignment goes on",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(Outcome, FieldType.Choice, "What becomes of it.")
                {
                    IsRequired = true,
                    Choices = [AnswerReview.KeepIt, AnswerReview.EndIt],
                },
                new(Why, FieldType.Text, "Why it ends; on the record.")
                {
                    MaxLength = Assignment.MaxTextLength,
                },
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Review(call, cancel),
            Again = AssignmentResource.Read,
        },
        new(
            "handOverAssignment",
            "POST",
            "/assignments/{id}/hand-over",
            "Take the hand-over of an assignment a step further",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            Description =
                "The engineer asks for it, with a reason; the CS lead names who takes it over; they accept or decline. “cancel” calls it off.",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                new(Step, FieldType.Choice, "Which step.")
                {
                    IsRequired = true,
                    Choices = [Ask, Name, Accept, Decline, CallOff],
                },
                new(Reason, FieldType.Choice, "Why somebody asks for it.")
                {
                    Choices =
                    [
                        HandOverReasons.Stagnating,
                        HandOverReasons.OtherIssueTypes,
                        HandOverReasons.Other,
                    ],
                },
                new(Note, FieldType.Text, "What else the CS lead is to know; why it is declined.")
                {
                    MaxLength = Assignment.MaxTextLength,
                },
                new(To, FieldType.Person, "Who is named."),
                new(Anyway, FieldType.Flag, "Even if they have said that they are overloaded."),
            ],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).HandOver(call, cancel),
            Again = AssignmentResource.Read,
        },
    ];

    private static AssignmentRecords Of(IServiceProvider parts) =>
        parts.GetRequiredService<AssignmentRecords>();

    private static ApiOperation Record(
        string id,
        string path,
        string summary,
        RecordedThing what,
        params ImmutableArray<ApiField> body
    ) =>
        new(id, "POST", "/assignments/{id}" + path, summary, TokenScope.WriteAssignments)
        {
            Tag = "Assignments",
            PathFields = [AssignmentResource.Id],
            Body = body,
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Record(what, call, cancel),
            Again = AssignmentResource.Read,
        };

    private async Task<ApiAnswer> Record(RecordedThing what, ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, ReviewRights.Keep, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var reply = await record.Submit(
            new Submission<RecordState>(
                call.Envelope(),
                new RecordState(seen!.Id, what),
                call.Form(
                    (RecordForm.LinkField, Link),
                    (RecordForm.TitleField, Title),
                    (RecordForm.DayField, On),
                    (RecordForm.AboutField, About)
                )
            ),
            cancel
        );
        return await reads.Answer(reply, Names, call, cancel);
    }

    private async Task<ApiAnswer> Review(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, ReviewRights.Review, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var reply = await review.Submit(
            new Submission<ReviewRef>(
                call.Envelope(),
                new ReviewRef(seen!.Id, On: null),
                call.Form((AnswerReview.DecisionField, Outcome), (AnswerReview.WhyField, Why))
            ),
            cancel
        );
        return await reads.Answer(reply, Names, call, cancel);
    }

    private async Task<ApiAnswer> HandOver(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await reads.Find(call, ReviewRights.AnyHandOver, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var (id, note) = (seen!.Id, (call[Note] ?? "").Trim());
        switch (call[Step])
        {
            case Ask when call[Reason] is not { } reason:
                return ApiProblem.Unprocessable(Reason, "Say why.");
            case Ask:
                var (asked, _) = await handOvers.AskFor(id, call[Reason]!, note, call.User, cancel);
                return await reads.Answer(asked, call, cancel);
            case Accept:
                return await Said(
                    await handOvers.Accept(new HandOverRef(id, null), call.User, cancel),
                    call,
                    cancel
                );
            case Decline:
                return await reads.Answer(
                    await handOvers.Decline(new HandOverRef(id, null), note, call.User, cancel),
                    call,
                    cancel
                );
            case CallOff:
                return await reads.Answer(
                    await handOvers.Drop(id, call.User, cancel),
                    call,
                    cancel
                );
            default:
                var (to, nobody) = await answers.Named(call, To, cancel);
                return nobody is not null ? nobody
                    : to is not { } person ? ApiProblem.Unprocessable(To, "Name somebody.")
                    : await Said(
                        await handOvers.Name(id, person, call.User, call[Anyway] == "true", cancel),
                        call,
                        cancel
                    );
        }
    }

    private async ValueTask<ApiAnswer> Said(Reply reply, ApiCall call, CancellationToken cancel) =>
        await answers.Of(reply, cancel) is { } why ? why : await reads.Get(call, cancel);
}
