using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Finding;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.People;

namespace Sidecar.Api.Resources;

/// <summary>Escalations as a reader may see them.</summary>
internal sealed class EscalationViews(
    CustomerStore customers,
    RoleStore roles,
    ApiAnswers answers,
    TimeProvider clock
)
{
    public async ValueTask<EscalationView> Of(
        Escalation escalation,
        UserId reader,
        CancellationToken cancel
    ) => (await Of([escalation], reader, cancel))[0];

    public async ValueTask<IReadOnlyList<EscalationView>> Of(
        IReadOnlyList<Escalation> escalations,
        UserId reader,
        CancellationToken cancel
    )
    {
        await answers.Know(
            escalations.SelectMany(e =>
                new[] { e.Reporter, e.Owner, e.AcknowledgedBy, e.ResolvedBy }
            ),
            cancel
        );
        var actor = await roles.Of(reader, cancel);
        var mayRead = await customers.MayRead(reader, cancel);
        return [.. escalations.Select(e => View(e, actor, mayRead))];
    }

    private EscalationView View(Escalation escalation, ActingPerson actor, bool mayRead) =>
        new(
            escalation.Id.ToString(),
            Vocabulary.Severities.Code(escalation.Severity),
            Vocabulary.Categories.Code(escalation.Category),
            Vocabulary.States.Code(escalation.State),
            // A key tells that somebody has added the customer.
            mayRead && !escalation.CustomerIsUnknown
                ? escalation.Customer.Value
                : null,
            escalation.CustomerName,
            escalation.Summary,
            escalation.CustomerImpact,
            Vocabulary.Impacts.Code(escalation.Impact),
            Vocabulary.Efforts.Code(escalation.Effort),
            escalation.Priority.Score,
            escalation.Links,
            Text(escalation.StateReason),
            escalation.RedirectedTo?.Named().Code,
            answers.Person(escalation.Reporter),
            escalation.RaisedAt,
            answers.Person(escalation.Owner),
            answers.Person(escalation.AcknowledgedBy),
            escalation.AcknowledgedAt,
            answers.Person(escalation.ResolvedBy),
            escalation.ResolvedAt,
            Text(escalation.Resolution),
            escalation.Confirmed?.Who,
            escalation.Confirmed?.At,
            escalation.EndedAt,
            escalation.Update?.DueAt,
            escalation.IsStale,
            Text(escalation.Work.Bug),
            Text(escalation.Work.PullRequest),
            escalation.Work.NeedsBackport,
            escalation.MergedInto?.ToString(),
            escalation.Incident?.PlaybookName,
            escalation.Followers.Contains(actor.User),
            [.. MoveRules.LegalFor(escalation, actor, clock.GetUtcNow()).Select(MoveNames.Of)]
        );

    private static string? Text(string typed) => typed.Length == 0 ? null : typed;
}

/// <summary>How the API calls moves.</summary>
internal static class MoveNames
{
    private static readonly Dictionary<string, EscalationMove> ByName =
        Enum.GetValues<EscalationMove>().ToDictionary(Of, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> All => ByName.Keys;

    /// <summary><c>escalateSpecifically</c>.</summary>
    public static string Of(EscalationMove move) =>
        System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName($"{move}");

    /// <summary>The move of a name that there is.</summary>
    public static EscalationMove Read(string name) => ByName[name];
}
