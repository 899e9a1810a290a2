using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Sidecar.Features;
using Sidecar.Features.Assignments.Changes;
using Sidecar.Features.Assignments.CheckIns;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Tokens;
using Sidecar.Ids;
using Sidecar.Interactions;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Api.Resources;

using Decision = Decision<Assignment, AssignmentFact>;

/// <summary>Assignments over the API (ASG-6).</summary>
internal sealed class AssignmentResource(
    Store store,
    AssignmentStore book,
    CustomerStore customers,
    TimelinePages timelines,
    ApiAnswers answers,
    ApiCursor cursor
)
{
    private const string All = "all";
    public static ApiField Id { get; } =
        new("id", FieldType.Text, "Its number, as in ASG-3.") { MaxLength = 40 };

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "listAssignments",
            "GET",
            "/assignments",
            "List assignments",
            TokenScope.ReadAssignments
        )
        {
            Tag = "Assignments",
            Description =
                "Those that go on first. Internal ones are for people of the team only: see isInternal.",
            Query = [new(All, FieldType.Flag, "Also those that are over."), .. Paging.Fields],
            Result = ApiJson.Default.AssignmentPage,
            Run = (parts, call, cancel) => Of(parts).List(call, cancel),
        },
        new(
            "getAssignment",
            "GET",
            "/assignments/{id}",
            "Read an assignment",
            TokenScope.ReadAssignments
        )
        {
            Tag = "Assignments",
            PathFields = [Id],
            Result = ApiJson.Default.AssignmentView,
            Refusals = [404],
            Run = Read,
        },
        TimelinePages.Operation(
            "listAssignmentTimeline",
            "/assignments/{id}",
            "Show what happened to an assignment",
            TokenScope.ReadAssignments,
            "Assignments",
            Id,
            (parts, call, cancel) => Of(parts).Timeline(call, cancel)
        ),
    ];

    private static AssignmentResource Of(IServiceProvider parts) =>
        parts.GetRequiredService<AssignmentResource>();

    /// <summary>How one stands now, for its reader.</summary>
    public static Task<ApiAnswer> Read(
        IServiceProvider parts,
        ApiCall call,
        CancellationToken cancel
    ) => Of(parts).Get(call, cancel);

    private async Task<ApiAnswer> List(ApiCall call, CancellationToken cancel)
    {
        if (await answers.WhyNot(RequestRights.Read, call.User, cancel) is { } refused)
        {
            return refused;
        }

        var all = call[All] == "true";
        var name = all ? "assignments.all" : "assignments";
        if (cursor.Read(name, call, out var after) is { } wrong)
        {
            return wrong;
        }

        var page = await store.List(
            AssignmentIndexes.Kind,
            AssignmentIndexes.ByPlace,
            IndexKey.Empty,
            after,
            call.Limit,
            cancel
        );
        // What is over comes last: behind the first of those nothing is left.
        var shown = page.Items.Select(i => i.Value).Where(a => all || !a.IsOver).ToList();
        var next =
            shown.Count == page.Items.Count ? cursor.Write(name, call.User, page.Next) : null;
        return new ApiAnswer.OfValue(
            new ApiPage<AssignmentView>(await Views(shown, call.User, cancel), next)
        )
        {
            Next = next,
        };
    }

    public async Task<ApiAnswer> Get(ApiCall call, CancellationToken cancel) =>
        await Find(call, cancel) switch
        {
            (_, { } problem) => problem,
            (var found, _) => new ApiAnswer.OfValue((await Views([found!], call.User, cancel))[0]),
        };

    private async Task<ApiAnswer> Timeline(ApiCall call, CancellationToken cancel) =>
        await Find(call, cancel) switch
        {
            (_, { } problem) => problem,
            (var found, _) => await timelines.Page(
                call,
                (before, limit, stop) => book.LatestHistory(found!.Id, before, limit, stop),
                (fact, isOurs) => fact.ToldTo(isOurs),
                cancel
            ),
        };

    /// <summary>What became of an assignment: how it stands now, or why nothing was done.</summary>
    public async ValueTask<ApiAnswer> Answer(
        Decision decision,
        ApiCall call,
        CancellationToken cancel
    ) => await answers.Of(decision, cancel) is { } why ? why : await Get(call, cancel);

    /// <summary>The same by a form.</summary>
    public async ValueTask<ApiAnswer> Answer(
        SubmissionReply reply,
        IReadOnlyDictionary<string, string> names,
        ApiCall call,
        CancellationToken cancel
    ) => await answers.Of(reply, names, cancel) is { } why ? why : await Get(call, cancel);

    /// <summary>The assignment that an address names, for who may do something with it.</summary>
    public async ValueTask<(Assignment? Found, ApiProblem? Problem)> Find(
        ApiCall call,
        Permission permission,
        CancellationToken cancel
    ) =>
        await answers.WhyNot(permission, call.User, cancel) is { } refused
            ? (null, refused)
            : await Find(call, cancel);

    /// <summary>The assignment that an address names, for who may read its check-ins.</summary>
    public async ValueTask<(Assignment? Found, ApiProblem? Problem)> FindCheckIns(
        ApiCall call,
        CancellationToken cancel
    )
    {
        var (found, problem) = await Find(call, cancel);
        if (problem is not null)
        {
            return (null, problem);
        }

        var refusal = await book.WouldRefuse(
            found!,
            call.User,
            (current, actor, _) =>
                CheckInRights.Read.Allows(actor, current)
                    ? new Decision.Accepted(current)
                    : new MayNot(CheckInRights.Read),
            cancel
        );
        return refusal is not null ? (null, await answers.Of(refusal, cancel))
            : await answers.WhyNot(CheckInRights.Read, call.User, cancel) is { } refused
                ? (null, refused)
            : (found, null);
    }

    /// <summary>The assignment that an address names, for who may read them.</summary>
    public async ValueTask<(Assignment? Found, ApiProblem? Problem)> Find(
        ApiCall call,
        CancellationToken cancel
    )
    {
        if (await answers.WhyNot(RequestRights.Read, call.User, cancel) is { } refused)
        {
            return (null, refused);
        }

        if (AssignmentId.Read(call[Id.Name]!) is not { } id)
        {
            return (null, ApiProblem.NotFound("That is not the number of an assignment."));
        }

        return await book.Find(id, cancel) is { Value: var assignment }
            ? (assignment, null)
            : (null, await answers.Of(new NoSuchAssignment(id), cancel));
    }

    /// <summary>What a request for a new one made, also when its first delivery made it.</summary>
    public static Task<ApiAnswer> MadeBefore(
        IServiceProvider parts,
        ApiCall call,
        CancellationToken cancel
    ) => Of(parts).Made(call, cancel);

    public async Task<ApiAnswer> Made(ApiCall call, CancellationToken cancel) =>
        await answers.Made(call, AssignmentIndexes.Kind, cancel) is { } made
            ? new ApiAnswer.OfValue(await Shown(made, call.User, cancel))
            {
                Location = $"/assignments/{made.Id}",
            }
            : ApiProblem.Conflict("Nothing was made.");

    /// <summary>One as its reader sees it.</summary>
    public async ValueTask<AssignmentView> Shown(
        Assignment assignment,
        UserId reader,
        CancellationToken cancel
    ) => (await Views([assignment], reader, cancel))[0];

    private async ValueTask<IReadOnlyList<AssignmentView>> Views(
        IReadOnlyList<Assignment> assignments,
        UserId reader,
        CancellationToken cancel
    )
    {
        await answers.Know(
            assignments.SelectMany(a =>
                new[]
                {
                    a.Engineer,
                    a.BackUp,
                    a.CustomerEngineer,
                    a.RequestedBy,
                    a.HandOver?.From,
                    a.HandOver?.To,
                }
                    .Concat(a.Documents.Select(d => (UserId?)d.By))
                    .Concat(a.Meetings.Select(m => (UserId?)m.By))
            ),
            cancel
        );
        var mayRead = await customers.MayRead(reader, cancel);
        return
        [
            .. assignments.Select(a => new AssignmentView(
                a.Id.ToString(),
                mayRead ? a.Customer.Value : null,
                a.CustomerName,
                a.Kind == AssignmentKind.PreSales ? "pre-sales" : "post-sales",
                JsonNamingPolicy.KebabCaseLower.ConvertName($"{a.State}"),
                a.IsInternal,
                answers.Person(a.Engineer),
                answers.Person(a.BackUp),
                answers.Person(a.CustomerEngineer),
                answers.Person(a.RequestedBy),
                a.RequestedAt,
                a.StartedAt,
                a.EndsOn,
                a.ReviewOn,
                a.EndedAt,
                Text(a.EndedBecause),
                a.Why,
                a.Communicated?.On,
                a.Communicated?.To,
                Text(a.Environment),
                [
                    .. a.Documents.Select(d => new DocumentView(
                        d.Title,
                        d.Link,
                        d.UpdatedOn,
                        answers.Person(d.By)
                    )),
                ],
                [.. a.Meetings.Select(m => new MeetingView(m.On, m.About, answers.Person(m.By)))],
                a.HandOver is { } under
                    ? new HandOverView(
                        under.Reason,
                        Text(under.Note),
                        answers.Person(under.From),
                        answers.Person(under.To),
                        under.AskedAt
                    )
                    : null
            )),
        ];
    }

    private static string? Text(string typed) => typed.Length == 0 ? null : typed;
}
