using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Incidents;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <content>What happens to an incident besides its tasks.</content>
[JsonDerivedType(typeof(PlaybookStarted), "playbookStarted")]
[JsonDerivedType(typeof(ChannelAskedForAgain), "channelAskedForAgain")]
[JsonDerivedType(typeof(ChannelOpened), "channelOpened")]
[JsonDerivedType(typeof(ChannelNotOpened), "channelNotOpened")]
[JsonDerivedType(typeof(JoinedOnDuty), "joinedOnDuty")]
[JsonDerivedType(typeof(LetIn), "letIn")]
[JsonDerivedType(typeof(ChannelRenamed), "channelRenamed")]
[JsonDerivedType(typeof(PeopleAdded), "peopleAdded")]
[JsonDerivedType(typeof(ExecutiveLoopedIn), "executiveLoopedIn")]
[JsonDerivedType(typeof(WatchBegan), "watchBegan")]
[JsonDerivedType(typeof(WatchEnded), "watchEnded")]
[JsonDerivedType(typeof(FixHeld), "fixHeld")]
[JsonDerivedType(typeof(RetrospectiveHeld), "retrospectiveHeld")]
internal abstract partial record EscalationFact
{
    /// <summary>A playbook is followed from now on (PB-1).</summary>
    /// <param name="By">Who started it; null when it started by itself.</param>
    public sealed record PlaybookStarted(UserId? By, string Name) : EscalationFact(By)
    {
        // The line about its channel follows within a moment.
        public override bool IsToldByCard => By is null;

        public override Markdown Sentence =>
            By is null
                ? Markdown.Of($"The playbook **{Name}** starts.")
                : Markdown.Of($"{Actor} started the playbook **{Name}**.");
    }

    /// <summary>What stood in the way of the channel may be mended: it is tried again.</summary>
    public sealed record ChannelAskedForAgain(UserId? By) : EscalationFact(By)
    {
        public override bool ChangesCard => false;

        public override Markdown Sentence =>
            Markdown.Of($"{Actor} asked for the incident channel to be opened again.");
    }

    /// <summary>The incident channel is there (PB-1).</summary>
    public sealed record ChannelOpened(NamedChannel Channel) : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence => Markdown.Of($"The incident channel is {Channel}.");
    }

    /// <summary>The incident channel has another name.</summary>
    public sealed record ChannelRenamed(NamedChannel From, NamedChannel To)
        : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of($"The incident channel is called {To} now.");
    }

    /// <summary>A member let somebody into the incident channel (ALL-7).</summary>
    public sealed record LetIn(UserId? By, UserId Person) : EscalationFact(By)
    {
        public override bool ChangesCard => false;

        public override bool IsToldByCard => true;

        public override Markdown Sentence =>
            Markdown.Of($"{Actor} let {Person} into the incident channel.");
    }

    /// <summary>Who is on duty now joins the incident channel (PB-1).</summary>
    public sealed record JoinedOnDuty(UserId Engineer) : EscalationFact((UserId?)null)
    {
        public override bool ChangesCard => false;

        public override bool IsToldByCard => true;

        public override Markdown Sentence =>
            Markdown.Of($"{Engineer} is on duty now and joins the incident channel.");
    }

    /// <summary>There is no incident channel: the incident goes on without.</summary>
    /// <param name="Why">What stood in the way.</param>
    /// <param name="Told">Who is told how to mend it.</param>
    public sealed record ChannelNotOpened(Hindrance Why, ImmutableArray<UserId> Told)
        : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $":warning: The incident channel could not be opened: {IncidentWords.Why(Why)} The incident goes on here; {EscalationWords.List(Told)} can fix it."
            );
    }

    /// <summary>People were added to the incident channel, as far as Mattermost let them in (PB-1).</summary>
    /// <param name="NotAdmitted">Whom it did not.</param>
    /// <param name="Told">Who is told how to mend that.</param>
    public sealed record PeopleAdded(
        ImmutableArray<Unadmitted> NotAdmitted,
        ImmutableArray<UserId> Told
    ) : EscalationFact((UserId?)null)
    {
        /// <summary>Why nobody at all could be added; null when the channel itself was no obstacle.</summary>
        public Hindrance? Hindered { get; init; }

        public override bool ChangesCard => false;

        public override bool IsToldByCard => NotAdmitted.IsEmpty && Hindered is null;

        public override Markdown Sentence =>
            Hindered is { } why
                ? Markdown.Of(
                    $":warning: I can’t add anybody to the incident channel any more: {IncidentWords.Why(why)}."
                )
            : NotAdmitted.IsEmpty
                ? Markdown.Of($"Everybody who is needed was added to the incident channel.")
            : Markdown.Of(
                $":warning: Could not be added to the incident channel: {IncidentWords.NotIn(NotAdmitted)}"
            );
    }

    /// <summary>The incident is older than an hour: the executive is part of the replies to the customer (PB-4).</summary>
    /// <param name="Age">How old it is.</param>
    /// <param name="Executives">Who; nobody when nobody has that role.</param>
    /// <param name="Told">Who is told that nobody has it.</param>
    public sealed record ExecutiveLoopedIn(
        TimeSpan Age,
        ImmutableArray<UserId> Executives,
        ImmutableArray<UserId> Told
    ) : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Executives.IsEmpty
                ? Markdown.Of(
                    $":necktie: The incident is {Times.Length(Age)} old: an executive must be included in replies to the customer, and nobody has that role. {EscalationWords.Command("role grant @user executive")} gives it."
                )
                : Markdown.Of(
                    $":necktie: The incident is {Times.Length(Age)} old: {EscalationWords.List(Executives)} must be included in replies to the customer from now on."
                );
    }

    /// <summary>A fix is there and is being watched (PB-5).</summary>
    public sealed record WatchBegan(DateTimeOffset Until) : EscalationFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of($"The fix is watched until {Times.Due(Until, UpdateZone.Of(Zone))}.");

        /// <summary>The team's zone.</summary>
        public string? Zone { get; init; }

        public override bool ChangesCard => false;
    }

    /// <summary>The time for which a fix is watched is over (PB-5).</summary>
    /// <param name="Watched">How long that was.</param>
    /// <param name="Asked">Who is asked whether it held.</param>
    public sealed record WatchEnded(TimeSpan Watched, ImmutableArray<UserId> Asked)
        : EscalationFact((UserId?)null)
    {
        public override bool ChangesCard => false;

        public override Markdown Sentence =>
            Markdown.Of(
                $":stopwatch: The fix has been watched for {Times.Length(Watched)}. Asked whether it held: the owner{EscalationWords.People(Asked)}."
            );
    }

    /// <summary>Somebody said that it held (PB-5).</summary>
    public sealed record FixHeld(UserId? By) : EscalationFact(By)
    {
        public override Markdown Sentence => Markdown.Of($"{Actor} says that the fix held.");
    }

    /// <summary>The three questions were answered (PB-8).</summary>
    public sealed record RetrospectiveHeld(
        UserId? By,
        string Issue,
        string Improvements,
        string Changes
    ) : EscalationFact(By)
    {
        // Its answers are for who may read them: where, the notices know.
        public override bool IsToldByCard => true;

        public override Markdown Sentence =>
            Markdown.Lines([
                Markdown.Of($"{Actor} wrote the mini-retrospective."),
                Markdown.Of($"- **What was the issue?** {Markdown.Typed(Issue).OnOneLine()}"),
                Markdown.Of(
                    $"- **What might improve outcomes?** {Markdown.Typed(Improvements).OnOneLine()}"
                ),
                Markdown.Of($"- **What do we change?** {Markdown.Typed(Changes).OnOneLine()}"),
            ]);
    }
}
