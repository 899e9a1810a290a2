using System.Collections.Immutable;
using Sidecar.Features.Escalations.Cards;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Features.Escalations.Intake;
using Sidecar.Features.Escalations.Moves;
using Sidecar.Features.Escalations.Routing;
using Sidecar.Features.Tokens;
using Sidecar.Interactions;
using Sidecar.Text;

namespace Sidecar.Api.Resources;

/// <summary>Escalations merged, followed, handed over and linked to the product's work over the API (ESC-2, ESC-7, ESC-11, ESC-13).</summary>
internal sealed class EscalationLinks(
    MergeEscalation merge,
    FollowEscalation follow,
    UnfollowEscalation unfollow,
    RedirectEscalation redirect,
    LinkWork link,
    EscalationWrites writes,
    EscalationReads reads,
    ApiAnswers answers
)
{
    private const string Into = "into";
    private const string Note = "note";
    private const string Anyway = "anyway";
    private const string Team = "team";
    private const string Bug = "bug";
    private const string PullRequest = "pullRequest";
    private const string NeedsBackport = "needsBackport";
    private const string Yes = "yes";
    private const string Unknown = "unknown";

    public static ImmutableArray<ApiOperation> Operations { get; } =
    [
        new(
            "mergeEscalation",
            "POST",
            "/escalations/{id}/merge",
            "Merge an escalation into another one that is the same problem",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "It is closed and goes on in the other one; this can't be taken back. The worse of the two goes on.",
            PathFields = [EscalationFieldsOfApi.Id],
            Body =
            [
                new(Into, FieldType.Text, "In which one it goes on, as in ESC-12.")
                {
                    IsRequired = true,
                    MaxLength = 40,
                },
                new(Note, FieldType.Text, "Posted in the thread.")
                {
                    MaxLength = Escalation.MaxLongTextLength,
                },
                new(Anyway, FieldType.Flag, "Even if they belong to different customers."),
            ],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409, 422],
            Run = (parts, call, cancel) => Of(parts).Merge(call, cancel),
            Again = EscalationReads.Read,
        },
        new(
            "followEscalation",
            "POST",
            "/escalations/{id}/follow",
            "Follow an escalation",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            PathFields = [EscalationFieldsOfApi.Id],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409],
            Run = (parts, call, cancel) => Of(parts).Follow(call, cancel),
            Again = EscalationReads.Read,
        },
        new(
            "unfollowEscalation",
            "POST",
            "/escalations/{id}/unfollow",
            "Stop following an escalation",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            PathFields = [EscalationFieldsOfApi.Id],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409],
            Run = (parts, call, cancel) => Of(parts).Unfollow(call, cancel),
            Again = EscalationReads.Read,
        },
        new(
            "handOverEscalation",
            "POST",
            "/escalations/{id}/hand-over",
            "Hand an escalation over to another team, with what was done",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "Reminders stop, and the other team closes it. With If-Match it is done only on what was read.",
            PathFields = [EscalationFieldsOfApi.Id],
            Body =
            [
                new(
                    Team,
                    FieldType.Choice,
                    "To which team; if it is not sent, the one it belongs to from what is known."
                )
                {
                    Choices = [.. OwningTeams.Others.Select(t => t.Code)],
                },
                new(Note, FieldType.Text, "What they should know besides what was done.")
                {
                    MaxLength = Escalation.MaxLongTextLength,
                },
            ],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409, 412, 422],
            Run = (parts, call, cancel) => Of(parts).HandOver(call, cancel),
            Again = EscalationReads.Read,
        },
        new(
            "linkWork",
            "POST",
            "/escalations/{id}/work",
            "Link a bug or a pull request, or say whether a backport is needed",
            TokenScope.WriteEscalations
        )
        {
            Tag = "Escalations",
            Description =
                "What is not sent stays as it is; null removes a value. With If-Match it is done only on what was read.",
            PathFields = [EscalationFieldsOfApi.Id],
            Body =
            [
                Link(Bug, "The bug ticket's address."),
                Link(PullRequest, "The pull request's address."),
                new(NeedsBackport, FieldType.Choice, "Whether the fix must go into older releases.")
                {
                    Choices = [Yes, "no", Unknown],
                },
            ],
            Result = ApiJson.Default.EscalationView,
            Refusals = [404, 409, 412, 422],
            Run = (parts, call, cancel) => Of(parts).LinkTo(call, cancel),
            Again = EscalationReads.Read,
        },
    ];

    private static EscalationLinks Of(IServiceProvider parts) =>
        parts.GetRequiredService<EscalationLinks>();

    private static ApiField Link(string name, string what) =>
        new(name, FieldType.Text, what) { CanBeNull = true, MaxLength = ProductWork.MaxLinkLength };

    private async Task<ApiAnswer> Merge(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, EscalationRights.Merge, cancel);
        if (problem is not null)
        {
            return problem;
        }

        if (EscalationId.Read(call[Into]!) is not { } into)
        {
            return ApiProblem.Unprocessable(Into, "That is not the number of an escalation.");
        }

        var wanted = new MergeRef(found!.Id, into);
        if (await merge.WhyNot(wanted, call.User, cancel) is { } refused)
        {
            return await answers.Of(refused, cancel);
        }

        if (
            call[Anyway] != "true"
            && await merge.OfTwoCustomers(wanted, cancel) is var (one, other)
        )
        {
            return ApiProblem.Conflict(
                $"They belong to different customers, {one.CustomerName} and {other.CustomerName}, and nothing was done. If they are the same problem all the same, send {Anyway}: true."
            );
        }

        return await merge.Make(wanted, (call[Note] ?? "").Trim(), call.User, cancel) is { } why
            ? await answers.Of(why, cancel)
            : await reads.Get(call, cancel);
    }

    private async Task<ApiAnswer> Follow(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, EscalationRights.Follow, cancel);
        return problem is not null ? problem
            : found!.Followers.Contains(call.User) ? await reads.Get(call, cancel)
            : await answers.Of(await follow.Follow(found.Id, call.User, cancel), cancel) is { } why
                ? why
            : await reads.Get(call, cancel);
    }

    private async Task<ApiAnswer> Unfollow(ApiCall call, CancellationToken cancel)
    {
        var (found, problem) = await reads.Find(call, EscalationRights.Follow, cancel);
        return problem is not null ? problem
            : !found!.Followers.Contains(call.User) ? await reads.Get(call, cancel)
            : await answers.Of(await unfollow.Unfollow(found.Id, call.User, cancel), cancel)
                is { } why
                ? why
            : await reads.Get(call, cancel);
    }

    private async Task<ApiAnswer> HandOver(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await writes.Read(call, EscalationRights.HandOver, cancel);
        return problem is not null
            ? problem
            : await writes.Answer(
                await redirect.Make(
                    seen!.Id,
                    call[Team] is { } team
                        ? OwningTeams.Others.First(t => t.Code == team).Team
                        : null,
                    (call[Note] ?? "").Trim(),
                    call.User,
                    cancel,
                    EscalationWrites.Exactly(call, seen)
                ),
                seen,
                call.User,
                cancel
            );
    }

    private async Task<ApiAnswer> LinkTo(ApiCall call, CancellationToken cancel)
    {
        var (seen, problem) = await writes.Read(call, EscalationRights.Edit, cancel);
        if (problem is not null)
        {
            return problem;
        }

        foreach (var member in (string[])[Bug, PullRequest])
        {
            if (LinkWork.Problem(call[member] ?? "") is { Length: > 0 } wrong)
            {
                return ApiProblem.Unprocessable(member, wrong);
            }
        }

        return await writes.Answer(
            await link.Link(
                seen!.Id,
                work =>
                    work with
                    {
                        Bug = Typed(call[Bug], work.Bug),
                        PullRequest = Typed(call[PullRequest], work.PullRequest),
                        NeedsBackport = call[NeedsBackport] switch
                        {
                            null => work.NeedsBackport,
                            Unknown => null,
                            var said => said == Yes,
                        },
                    },
                call.User,
                cancel,
                EscalationWrites.Exactly(call, seen)
            ),
            seen,
            call.User,
            cancel
        );

        static string Typed(string? sent, string now) =>
            sent is null ? now
            : NoneWord.Is(sent) ? ""
            : sent;
    }
}
