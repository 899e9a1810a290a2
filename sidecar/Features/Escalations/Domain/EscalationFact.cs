using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Reminders;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <summary>
/// Something that happened to an escalation: kept in the audit trail for ever (ALL-4), told once in its thread, and
/// read back as its timeline (ESC-7).
/// </summary>
/// <param name="By">Who did it; null when the product did, because a time came or a fact arrived.</param>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "fact")]
[JsonDerivedType(typeof(Raised), "raised")]
[JsonDerivedType(typeof(EscalationWaits), "waits")]
[JsonDerivedType(typeof(Redirected), "redirected")]
[JsonDerivedType(typeof(ApprovalAsked), "approvalAsked")]
[JsonDerivedType(typeof(Accepted), "accepted")]
[JsonDerivedType(typeof(Overridden), "overridden")]
[JsonDerivedType(typeof(EscalatedSpecifically), "escalatedSpecifically")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(EscalationCancelled), "cancelled")]
[JsonDerivedType(typeof(Acknowledged), "acknowledged")]
[JsonDerivedType(typeof(EscalationAssigned), "assigned")]
[JsonDerivedType(typeof(Moved), "moved")]
[JsonDerivedType(typeof(Resolved), "resolved")]
[JsonDerivedType(typeof(EscalationConfirmed), "confirmed")]
[JsonDerivedType(typeof(EscalationClosed), "closed")]
[JsonDerivedType(typeof(Reopened), "reopened")]
[JsonDerivedType(typeof(Followed), "followed")]
[JsonDerivedType(typeof(Unfollowed), "unfollowed")]
[JsonDerivedType(typeof(Edited), "edited")]
[JsonDerivedType(typeof(CustomerChanged), "customerChanged")]
[JsonDerivedType(typeof(Climbed), "climbed")]
[JsonDerivedType(typeof(AskedAbout), "askedAbout")]
[JsonDerivedType(typeof(StillOnIt), "stillOnIt")]
[JsonDerivedType(typeof(TakenProvisionally), "takenProvisionally")]
[JsonDerivedType(typeof(RouteSettled), "settled")]
[JsonDerivedType(typeof(HandedOver), "handedOver")]
[JsonDerivedType(typeof(CustomerNamed), "customerNamed")]
[JsonDerivedType(typeof(MergedInto), "mergedInto")]
[JsonDerivedType(typeof(Merged), "merged")]
[JsonDerivedType(typeof(IsAnother), "isAnother")]
[JsonDerivedType(typeof(WentOnAs), "wentOnAs")]
internal abstract partial record EscalationFact(UserId? By)
{
    /// <summary>The fact as a sentence.</summary>
    [JsonIgnore]
    public abstract Markdown Sentence { get; }

    /// <summary>The same for a timeline that everybody reads: what is for people of ours is not in it.</summary>
    /// <param name="isOurs">The reader has a role.</param>
    public virtual Markdown ToldTo(bool isOurs) => Sentence;

    /// <summary>
    /// Whose part in it begins with this: they are mentioned, so that Mattermost lets them follow its thread (DLG-5).
    /// </summary>
    [JsonIgnore]
    protected virtual IReadOnlyCollection<UserId> Begins => [];

    /// <summary>
    /// The sentence for where many read it: nobody is called by what they did themselves, or by what they know. What
    /// the product itself says calls those whom it names: they are asked for something.
    /// </summary>
    [JsonIgnore]
    public Markdown Aloud => By is null ? Sentence : Sentence.Quiet(Begins);

    /// <summary>The card itself says it already, so the thread need not.</summary>
    [JsonIgnore]
    public virtual bool IsToldByCard => false;

    /// <summary>The card shows something else afterwards.</summary>
    [JsonIgnore]
    public virtual bool ChangesCard => true;

    /// <summary>Who did it, at the start of a sentence.</summary>
    [JsonIgnore]
    protected Markdown Actor => By is { } by ? Markdown.Of($"{by}") : Markdown.Of($"Escalate");

    public sealed record Raised(UserId? By, string Customer, Severity Severity, string Summary)
        : EscalationFact(By)
    {
        /// <summary>
        /// The team's channel in which its card stands although it was raised in a direct message; null for all others.
        /// </summary>
        public NamedChannel? ShownIn { get; init; }

        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} raised it for {Customer} as {Vocabulary.Severities.Label(Severity)}: {Summary}"
            );

        public override bool IsToldByCard => true;
    }

    /// <summary>It can't be routed: facts are missing (ESC-2).</summary>
    /// <param name="Missing">What.</param>
    /// <param name="Customer">Under which key it would be looked for.</param>
    /// <param name="Ask">Who can add it.</param>
    public sealed record EscalationWaits(
        ImmutableArray<MissingFact> Missing,
        string Customer,
        ImmutableArray<UserId> Ask
    ) : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"It waits for information: {EscalationWords.Missing(Missing, Customer)} {EscalationWords.WhoCanAdd(Ask)} As soon as it is there, this goes on by itself."
            );
    }

    /// <summary>It is another team's (ESC-3).</summary>
    /// <param name="To">Whose.</param>
    /// <param name="Reason">Why.</param>
    /// <param name="Told">Who is told by this line, when the team has no channel.</param>
    public sealed record Redirected(OwningTeam To, string Reason, ImmutableArray<UserId> Told)
        : EscalationFact((UserId?)null)
    {
        /// <summary>Nobody is of that team, and it has no channel: nobody there hears of it.</summary>
        public bool IsNobodyThere { get; init; }

        public override Markdown Sentence =>
            Markdown.Of(
                $"Redirected to **{To.Label()}**: {Markdown.Typed(Reason)}.{EscalationWords.Cc(To, Told)}{(IsNobodyThere ? EscalationWords.NobodyOf(To) : Markdown.None)}"
            );
    }

    /// <summary>Product Engineering was asked (ESC-4).</summary>
    public sealed record ApprovalAsked(ImmutableArray<UserId> Told) : EscalationFact((UserId?)null)
    {
        /// <summary>Nobody has the role, and the team has no channel.</summary>
        public bool IsNobodyThere { get; init; }

        public override Markdown Sentence =>
            Markdown.Of(
                $"In-product features need the approval of **Product Engineering** beforehand: nothing starts before it is given.{EscalationWords.Cc(OwningTeam.ProductEngineering, Told)}{(IsNobodyThere ? Markdown.Of($" Nobody is of it at the moment, and it has no channel: a lead can accept it or decline it, and an administrator can grant the role.") : Markdown.None)}"
            );
    }

    /// <summary>It is Deployment Engineering's.</summary>
    /// <param name="From">Where it stood before; <see cref="EscalationState.New"/> when it was clear at once.</param>
    public sealed record Accepted(EscalationState From) : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            From == EscalationState.NeedsInformation
                ? Markdown.Of($"Nothing is missing any more. Assigned to Deployment Engineering.")
                : Markdown.Of($"Deployment Engineering takes it.");

        public override bool IsToldByCard => From == EscalationState.New;
    }

    /// <summary>A lead took it in whatever its routing said (ESC-4).</summary>
    public sealed record Overridden(UserId? By, EscalationState From, string Reason)
        : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} accepted it for Deployment Engineering although it was at *{Vocabulary.States.Label(From)}*: {Reason}"
            );
    }

    /// <summary>The TAM said that this one is Deployment Engineering's (ESC-4).</summary>
    public sealed record EscalatedSpecifically(UserId? By, string Reason) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} escalated it specifically to Deployment Engineering: {Reason}");
    }

    public sealed record Approved(UserId? By, string Note) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} approved it for Product Engineering{EscalationWords.Because(Note)} Deployment Engineering takes it."
            );
    }

    public sealed record Declined(UserId? By, EscalationState From, string Reason)
        : EscalationFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Actor} declined it: {Reason}");
    }

    public sealed record EscalationCancelled(UserId? By, EscalationState From, string Reason)
        : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} cancelled it{EscalationWords.Because(Reason)}");
    }

    public sealed record Acknowledged(UserId? By, UserId Owner) : EscalationFact(By)
    {
        // An owner who was named before was mentioned then.
        protected override IReadOnlyCollection<UserId> Begins => By == Owner ? [Owner] : [];

        public override Markdown Sentence =>
            By == Owner
                ? Markdown.Of($"{Actor} acknowledged it and is the owner.")
                : Markdown.Of($"{Actor} acknowledged it for its owner {Owner}.");
    }

    public sealed record EscalationAssigned(UserId? By, UserId? From, UserId To)
        : EscalationFact(By)
    {
        protected override IReadOnlyCollection<UserId> Begins => [To];

        public override Markdown Sentence =>
            From switch
            {
                null when By == To => Markdown.Of($"{Actor} took it."),
                null => Markdown.Of($"{Actor} assigned it to {To}."),
                { } from when By == To => Markdown.Of($"{Actor} took it over from {from}."),
                { } from when By == from => Markdown.Of($"{Actor} handed it over to {To}."),
                { } from => Markdown.Of($"{Actor} handed it over from {from} to {To}."),
            };
    }

    /// <summary>The work went on, or back.</summary>
    public sealed record Moved(UserId? By, EscalationState From, EscalationState To, string Note)
        : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} moved it from *{Vocabulary.States.Label(From)}* to *{Vocabulary.States.Label(To)}*{EscalationWords.Because(Note)}"
            );
    }

    public sealed record Resolved(UserId? By, string Resolution, bool? SolvedWithoutChange = null)
        : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} resolved it{EscalationWords.WithoutChange(SolvedWithoutChange)}{EscalationWords.Because(Resolution)}"
            );
    }

    /// <summary>The customer confirmed that it is over (PB-6).</summary>
    public sealed record EscalationConfirmed(UserId? By, string Who) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} recorded that the customer confirmed it: {Who}");
    }

    public sealed record EscalationClosed(UserId? By, EscalationState From, string Note)
        : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} closed it{EscalationWords.Because(Note)}");
    }

    public sealed record Reopened(UserId? By, string Reason) : EscalationFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Actor} reopened it: {Reason}");
    }

    public sealed record Followed(UserId? By) : EscalationFact(By)
    {
        /// <summary>They did before, and whoever has to know it knows it.</summary>
        public bool IsAgain { get; init; }

        public override bool IsToldByCard => IsAgain;

        protected override IReadOnlyCollection<UserId> Begins => By is { } by ? [by] : [];

        public override Markdown Sentence => Markdown.Of($"{Actor} follows it.");
    }

    public sealed record Unfollowed(UserId? By) : EscalationFact(By)
    {
        /// <summary>Nobody has to know it; it is in the timeline.</summary>
        public override bool IsToldByCard => true;

        public override Markdown Sentence => Markdown.Of($"{Actor} does not follow it any more.");
    }

    /// <summary>What it says was changed.</summary>
    public sealed record Edited(UserId? By, ImmutableArray<FieldChange> Changes)
        : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Changes is [var only]
                ? Markdown.Of($"{Actor} changed {only.Sentence}.")
                : Markdown.Lines([
                    Markdown.Of($"{Actor} changed:"),
                    .. Changes.Select(c => Markdown.Of($"- {c.Sentence}")),
                ]);
    }

    /// <summary>The customer's name or ARR is another than before; its place in lists follows.</summary>
    /// <param name="Name">Their name now.</param>
    /// <param name="IsRenamed">It was another before.</param>
    public sealed record CustomerChanged(string Name, bool IsRenamed)
        : EscalationFact((UserId?)null)
    {
        public override bool ChangesCard => IsRenamed;

        public override Markdown Sentence =>
            Markdown.Of($"What is known about the customer {Name} has changed.");

        public override bool IsToldByCard => true;
    }

    /// <summary>
    /// Nobody has acknowledged it in time, and the reminder went to the next rung; or it is a Sev 1 that has just come,
    /// and whoever is on duty is called at once (ESC-8).
    /// </summary>
    /// <param name="Waited">How long it waits already.</param>
    /// <param name="Told">Who was told; several rungs when their times passed while the product was down (ALL-5).</param>
    public sealed record Climbed(TimeSpan Waited, ImmutableArray<ToldRung> Told)
        : EscalationFact((UserId?)null)
    {
        /// <summary>It has just come.</summary>
        [JsonIgnore]
        public bool IsCall => Waited < TimeSpan.FromMinutes(1);

        public override bool ChangesCard => IsCall;

        /// <summary>The card says who was called; that nobody could be is said aloud.</summary>
        public override bool IsToldByCard => IsCall && Told.All(t => t.Rung != Rung.Administrator);

        public override Markdown Sentence =>
            IsCall
                ? Markdown.Of(
                    $":telephone_receiver: Called at once: {EscalationWords.Rungs(Told)}."
                )
                : Markdown.Of(
                    $":alarm_clock: Nobody has acknowledged this for {Times.Length(Waited)}. Reminded: {EscalationWords.Rungs(Told)}."
                );
    }

    /// <summary>Nothing has happened for long (ESC-12).</summary>
    public sealed record AskedAbout(int Time, TimeSpan Quiet, ImmutableArray<UserId> Told)
        : EscalationFact((UserId?)null)
    {
        /// <summary>Who was asked in the message that asked for a status update, too (UPD-3).</summary>
        public ImmutableArray<UserId> ToldWithUpdate
        {
            get;
            init => field = value.IsDefault ? [] : value;
        } = [];

        /// <summary>Its owner, who is not there any more: others are told in their place. Null when they are.</summary>
        public UserId? Gone { get; init; }

        public override Markdown Sentence =>
            Gone is { } gone
                ? Markdown.Of(
                    $":hourglass: Nothing has happened here for {Times.Length(Quiet)}, and its owner, {gone}, is not there any more. {Instead}"
                )
            : Time == 1
                ? Markdown.Of(
                    $":hourglass: Nothing has happened here for {Times.Length(Quiet)}. Asked: the owner{EscalationWords.People(Told)}."
                )
            : Time > 2
                ? Markdown.Of(
                    $":hourglass: Still nothing for {Times.Length(Quiet)}. Asked again: owner and lead{EscalationWords.People(Told)}."
                )
            : Markdown.Of(
                $":hourglass: Still nothing for {Times.Length(Quiet)}. Told: {EscalationWords.Rungs([new ToldRung(Rung.Lead, Told)])}."
            );

        private Markdown Instead =>
            Told.IsEmpty
                ? Markdown.Of(
                    $"Nobody could be told: nobody is on duty, and nobody leads Deployment Engineering. {EscalationWords.Command("duty @name")} names somebody."
                )
            : Time == 1 ? Markdown.Of($"Told: the engineer on duty{EscalationWords.People(Told)}.")
            : Time == 2 ? Markdown.Of($"Told: the DE lead{EscalationWords.People(Told)}.")
            : Markdown.Of($"Told again: {EscalationWords.List(Told)}.");
    }

    public sealed record StillOnIt(UserId? By) : EscalationFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Actor} is still on it.");
    }
}

/// <summary>A field that was changed, as people read it.</summary>
/// <param name="Field">Its name.</param>
/// <param name="From">What it was; empty: nothing.</param>
/// <param name="To">What it is; empty: nothing.</param>
internal sealed record FieldChange(string Field, string From, string To)
{
    [JsonIgnore]
    public Markdown Sentence =>
        Markdown.Of(
            $"**{Markdown.Typed(Field)}** from {EscalationWords.Quoted(From)} to {EscalationWords.Quoted(To)}"
        );
}
