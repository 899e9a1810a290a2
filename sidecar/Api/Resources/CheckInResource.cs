using System.Collections.Immutable;
using System.Globalization;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.Storage;

namespace Sidecar.Api.Resources;

/// <summary>Check-ins that were answered, over the API (ASG-7, ASG-10).</summary>
internal sealed class CheckInResource(
    Store store,
    AnswerCheckIn checkIns,
    CorrectCheckIn corrections,
    AssignmentResource reads,
    ApiAnswers answers,
    ApiCursor cursor
)
{
    private const string Week = "week";

    /// <summary>Older ones are not answered any more.</summary>
    private const int MostWeeks = 60;

    private static readonly ImmutableArray<(string Member, string Form)> Questions =
    [
        ("goingWell", CheckInForm.GoingWell),
        ("frustration", CheckInForm.Frustration),
        ("goals", CheckInForm.Goals),
        ("context", CheckInForm.Context),
    ];

    private static readonly Dictionary<string, string> Names = Questions.ToDictionary(
        q => q.Form,
        q => q.Member,
        StringComparer.Ordinal
    );

    private static readonly ImmutableArray<ApiField> Body =
    [
        .. CheckInForm.Questions.Select(q => new ApiField(
            Names[q.Field],
            FieldType.Text,
            q.Question
        )
        {
            MaxLength = CheckInForm.MaxAnswer,
        }),
        new(
            "professionalServices",
            FieldType.Flag,
            "Whether anything looks like professional services work."
        ),
    ];

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "listCheckIns",
            "GET",
            "/assignments/{id}/check-ins",
            "List the check-ins of an assignment",
            TokenScope.ReadAssignments
        )
        {
            Tag = "Assignments",
            Description = "The latest week first; for those who check in, and leads.",
            PathFields = [AssignmentResource.Id],
            Query = Paging.Fields,
            Result = ApiJson.Default.CheckInPage,
            Refusals = [404],
            Run = (parts, call, cancel) => Of(parts).CheckIns(call, cancel),
        },
        new(
            "answerCheckIn",
            "POST",
            "/assignments/{id}/check-ins",
            "Answer a check-in",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            PathFields = [AssignmentResource.Id],
            Body =
            [
                .. Body,
                new(
                    Week,
                    FieldType.Day,
                    "The first day of the week; the one that is due unless it is sent. One that was missed can be answered for two weeks."
                ),
            ],
            Success = 201,
            Result = ApiJson.Default.CheckInView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Answer(call, cancel),
            Again = (parts, call, cancel) => Of(parts).Answered(call, cancel),
        },
        new(
            "correctCheckIn",
            "POST",
            "/assignments/{id}/check-ins/correct",
            "Correct the latest answers of a check-in",
            TokenScope.WriteAssignments
        )
        {
            Tag = "Assignments",
            Description =
                "What is not sent stays as it is; whoever got the answers gets the corrected ones.",
            PathFields = [AssignmentResource.Id],
            Body = Body,
            Result = ApiJson.Default.CheckInView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Correct(call, cancel),
            Again = (parts, call, cancel) => Of(parts).Latest(call, cancel),
        },
    ];

    private static CheckInResource Of(IServiceProvider parts) =>
        parts.GetRequiredService<CheckInResource>();

    private async Task<ApiAnswer> CheckIns(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.FindCheckIns(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var name = $"check-ins.{found!.Id}";
        if (cursor.Read(name, call, out var after) is { } wrong)
        {
            return wrong;
        }

        var page = await store.List(
            CheckInHistory.Kind,
            CheckInHistory.ByAssignment,
            IndexKey.Empty.Then(found.Id.Number),
            after,
            call.Limit,
            cancel
        );
        await answers.Know(
            page.Items.SelectMany(c => new UserId?[] { c.Value.By, c.Value.Correction?.By }),
            cancel
        );
        var next = cursor.Write(name, call.User, page.Next);
        return new ApiAnswer.OfValue(
            new ApiPage<CheckInView>([.. page.Items.Select(c => View(c.Value))], next)
        )
        {
            Next = next,
        };
    }

    private async Task<ApiAnswer> Answer(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(CheckInRights.Answer, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var (found, problem) = await reads.Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var week = call[Week] is { } day
            ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture)
            : found!.TurnWeek(call.At);
        var answered = Questions
            .Where(q => call[q.Member] is not null)
            .ToDictionary(q => q.Form, q => call[q.Member]!, StringComparer.Ordinal);
        answered[CheckInForm.Services] = call["professionalServices"] ?? "";
        var reply = await checkIns.Submit(
            new Submission<CheckInState>(
                call.Envelope(),
                new CheckInState(found!.Id, week),
                new FormAnswers(answered, Asked: null)
            ),
            cancel
        );
        return await answers.Of(reply, Names, cancel) is { } no
            ? no
            : await Kept(
                await store.Find(CheckInHistory.Kind, CheckInHistory.IdOf(found.Id, week), cancel),
                cancel
            );
    }

    private async Task<ApiAnswer> Correct(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(CheckInRights.Answer, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var (found, problem) = await reads.FindCheckIns(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (found!.LastCheckIn is not { } last)
        {
            return await answers.Of(new NotTheLatestAnswers(found, default), cancel);
        }

        var corrected = Questions
            .Zip(CheckInForm.Questions)
            .ToDictionary(
                q => q.First.Form,
                q => call[q.First.Member] ?? q.Second.Of(last),
                StringComparer.Ordinal
            );
        corrected[CheckInForm.Services] =
            call["professionalServices"] ?? (last.LooksLikeProfessionalServices ? "true" : "");
        var reply = await corrections.Submit(
            new Submission<CheckInState>(
                call.Envelope(),
                new CheckInState(found.Id, last.Week),
                new FormAnswers(corrected, Asked: null)
            ),
            cancel
        );
        return await answers.Of(reply, Names, cancel) is { } no ? no : await Latest(call, cancel);
    }

    /// <summary>The latest answers, for who may answer.</summary>
    private async Task<ApiAnswer> Latest(ApiCall call, CancellationToken cancel) =>
        await reads.FindCheckIns(call, cancel) switch
        {
            (_, { } problem) => problem,
            ({ LastCheckIn: { } last } found, _) => await Kept(
                await store.Find(
                    CheckInHistory.Kind,
                    CheckInHistory.IdOf(found.Id, last.Week),
                    cancel
                ),
                cancel
            ),
            _ => await Kept(null, cancel),
        };

    /// <summary>The check-in that was answered: of the week that was named, or of the latest that was.</summary>
    private async Task<ApiAnswer> Answered(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, cancel);
        if (problem is not null)
        {
            return problem;
        }

        var latest = await store.List(
            CheckInHistory.Kind,
            CheckInHistory.ByAssignment,
            IndexKey.Empty.Then(found!.Id.Number),
            null,
            MostWeeks,
            cancel
        );
        return await Kept(
            latest.Items.FirstOrDefault(c =>
                c.Value.By == call.User
                && (
                    call[Week] is not { } week
                    || c.Value.Week.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) == week
                )
            ),
            cancel
        );
    }

    private async ValueTask<ApiAnswer> Kept(Versioned<CheckIn>? kept, CancellationToken cancel)
    {
        if (kept is null)
        {
            return ApiProblem.Conflict("The check-in was not kept.");
        }

        await answers.Know([kept.Value.By, kept.Value.Correction?.By], cancel);
        return new ApiAnswer.OfValue(View(kept.Value));
    }

    private CheckInView View(CheckIn answered) =>
        new(
            answered.Assignment.ToString(),
            answered.Week,
            answers.Person(answered.By),
            answered.At,
            answered.GoingWell,
            answered.Frustration,
            answered.Goals,
            answered.Context,
            answered.LooksLikeProfessionalServices,
            answered.Correction is { } correction ? answers.Person(correction.By) : null,
            answered.Correction?.At,
            answered.IsLate == true
        );
}
