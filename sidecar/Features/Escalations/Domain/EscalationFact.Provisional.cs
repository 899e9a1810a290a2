using System.Collections.Immutable;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <content>An emergency that is worked on before everything about it is known (ESC-2).</content>
internal abstract partial record EscalationFact
{
    /// <summary>It is worked on although something is missing, or speaks for another team.</summary>
    /// <param name="Id">Which.</param>
    /// <param name="Missing">What nobody knows yet.</param>
    /// <param name="Customer">Under which key the customer would be looked for.</param>
    /// <param name="Ask">Who can add it.</param>
    /// <param name="Elsewhere">Whose it would be.</param>
    public sealed record TakenProvisionally(
        EscalationId Id,
        ImmutableArray<MissingFact> Missing,
        string Customer,
        ImmutableArray<UserId> Ask,
        EscalationRoute.Redirect? Elsewhere
    ) : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Elsewhere is { } other
                ? Markdown.Of(
                    $"Deployment Engineering takes it for now: it is urgent. From what is known it is for {other.To.Label()}: {Markdown.Typed(other.Reason)}. {EscalationWords.Command($"redirect {Id}")} hands it over with what was done."
                )
                : Markdown.Of(
                    $"Deployment Engineering takes it for now: it is urgent and does not wait. What is missing: {EscalationWords.Missing(Missing, Customer)} {EscalationWords.WhoCanAdd(Ask)}"
                );
    }

    /// <summary>Nothing speaks against it any more: it is Deployment Engineering's.</summary>
    /// <param name="By">Who decided that; null when what was known decided.</param>
    /// <param name="Reason">Why, in their words.</param>
    public sealed record RouteSettled(UserId? By, string Reason) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            By is null
                ? Markdown.Of($"Nothing is missing any more. It stays with Deployment Engineering.")
                : Markdown.Of($"{Actor} keeps it with Deployment Engineering: {Reason}");
    }

    /// <summary>It turned out to be another team's.</summary>
    /// <param name="By">Who said so.</param>
    /// <param name="To">Whose it is.</param>
    /// <param name="Reason">Why, as a sentence of ours.</param>
    /// <param name="Note">What they wrote for the other team.</param>
    /// <param name="Done">What was done until then.</param>
    /// <param name="Told">Who is told by this line, when the team has no channel.</param>
    public sealed record HandedOver(
        UserId? By,
        OwningTeam To,
        string Reason,
        string Note,
        Done Done,
        ImmutableArray<UserId> Told
    ) : EscalationFact(By)
    {
        /// <summary>Nobody is of that team, and it has no channel: nobody there hears of it.</summary>
        public bool IsNobodyThere { get; init; }

        public override Markdown Sentence =>
            Markdown.Lines([
                Markdown.Of(
                    $"{Actor} handed it over to **{To.Label()}**: {Markdown.Typed(Reason)}.{EscalationWords.Cc(To, Told)}{(IsNobodyThere ? EscalationWords.NobodyOf(To) : Markdown.None)}"
                ),
                Note.Length == 0
                    ? Markdown.None
                    : Markdown.Of($"- {Markdown.Typed(Note).OnOneLine()}"),
                Markdown.Of($"- {Done.Sentence}"),
            ]);
    }

    /// <summary>The customer that was meant.</summary>
    /// <param name="By">Who said so.</param>
    /// <param name="From">What was typed.</param>
    /// <param name="To">Their name.</param>
    public sealed record CustomerNamed(UserId? By, string From, string To) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor}: “{Markdown.Typed(From)}” is **{To}**.");
    }
}

/// <summary>What was done until an escalation was handed over.</summary>
/// <param name="Since">How long ago it was raised.</param>
/// <param name="State">How far it was.</param>
/// <param name="Owner">Who worked on it.</param>
/// <param name="LastUpdate">What everybody was told last; may be empty.</param>
/// <param name="Channel">Where the work went on.</param>
internal sealed record Done(
    TimeSpan Since,
    EscalationState State,
    UserId? Owner,
    string LastUpdate,
    NamedChannel? Channel
)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Markdown Sentence =>
        Markdown.Of(
            $"Until now ({Times.Length(Since)}): {(Owner is { } owner ? Markdown.Of($"{owner} brought it to *{Vocabulary.States.Label(State)}*") : Markdown.Of($"nobody has acknowledged it"))}{(LastUpdate.Length > 0 ? Markdown.Of($"; last update: {EscalationWords.Quoted(LastUpdate)}") : Markdown.None)}{(Channel is { } channel ? Markdown.Of($"; in {channel}") : Markdown.None)}."
        );
}

/// <summary>Nobody knows to which team.</summary>
internal sealed record TeamMissing(Escalation Escalation)
    : Refusal(
        Markdown.Of(
            $"To which team? {EscalationWords.Command($"redirect {Escalation.Id} support what they should know")}: there are {Markdown.Listed([.. OwningTeams.Others.Select(t => Markdown.Code(t.Code))], "and")}."
        )
    );
