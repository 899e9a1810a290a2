using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Chat;
using Sidecar.Features.Escalations.Updates;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Escalations.Domain;

/// <content>What happens about status updates.</content>
[JsonDerivedType(typeof(UpdatePosted), "updatePosted")]
[JsonDerivedType(typeof(UpdateReminded), "updateReminded")]
[JsonDerivedType(typeof(UpdateSnoozed), "updateSnoozed")]
internal abstract partial record EscalationFact
{
    /// <summary>Everybody was told how it stands (UPD-2).</summary>
    /// <param name="Update">What they were told.</param>
    /// <param name="In">The incident channel; null: its own thread.</param>
    /// <param name="Broadcast">Where else.</param>
    /// <param name="Zone">The team's zone, in which the post names its times.</param>
    public sealed record UpdatePosted(
        UserId? By,
        StatusUpdate Update,
        NamedChannel? In,
        ImmutableArray<NamedChannel> Broadcast,
        string Zone
    ) : EscalationFact(By)
    {
        /// <summary>When the trouble began, where the update says otherwise than before; UTC.</summary>
        public DateTimeOffset? BeganAt { get; init; }

        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} posted status update {Update.Number}{Where} (*{Vocabulary.States.Label(Update.Status)}*): {EscalationWords.Quoted(Update.Summary)}.{Next}{Began}"
            );

        /// <summary>The post itself stands there.</summary>
        public override bool IsToldByCard => In is null;

        private Markdown Where => In is { } channel ? Markdown.Of($" in {channel}") : Markdown.None;

        private Markdown Next =>
            Update.NextAt is { } at
                ? Markdown.Of($" The next one is due {Times.Due(at, UpdateZone.Of(Zone))}.")
                : Markdown.Of($" No further one is due.");

        private Markdown Began =>
            BeganAt is { } at
                ? Markdown.Of($" The incident began {Times.At(at, UpdateZone.Of(Zone))}.")
                : Markdown.None;
    }

    /// <summary>An update is due, and somebody was reminded of it (UPD-3).</summary>
    /// <param name="DueAt">Since when it is due, UTC.</param>
    /// <param name="Overdue">How long that is.</param>
    /// <param name="Told">Who was told; several steps when their times passed while the product was down (ALL-5).</param>
    /// <param name="In">The incident channel; null: its own thread.</param>
    public sealed record UpdateReminded(
        DateTimeOffset DueAt,
        TimeSpan Overdue,
        ImmutableArray<ToldStep> Told,
        NamedChannel? In
    ) : EscalationFact((UserId?)null)
    {
        /// <summary>Who was asked in the same message whether they are still on it (ESC-12).</summary>
        public ImmutableArray<UserId> AlsoAskedAbout
        {
            get;
            init => field = value.IsDefault ? [] : value;
        } = [];

        /// <summary>For how long nothing had happened then.</summary>
        public TimeSpan Quiet { get; init; }

        public override Markdown Sentence =>
            Markdown.Of(
                $":memo: The status update is {UpdateWords.Lateness(Overdue)}.{UpdateWords.Told(Told)}"
            );

        /// <summary>Only what is overdue belongs into the thread.</summary>
        public override bool IsToldByCard =>
            In is not null || Told.All(t => t.Step != UpdateStep.Channel);

        public override bool ChangesCard => false;
    }

    /// <summary>Somebody put an update off.</summary>
    /// <param name="From">When it was due, UTC.</param>
    /// <param name="To">When it is due, UTC.</param>
    /// <param name="By">Who.</param>
    /// <param name="Length">By how long, from the moment at which they did.</param>
    /// <param name="Zone">The team's zone, in which the thread names times.</param>
    public sealed record UpdateSnoozed(
        UserId? By,
        DateTimeOffset From,
        DateTimeOffset To,
        TimeSpan Length,
        string Zone
    ) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} snoozed the status update by {Markdown.Typed(Snooze.Label(Length))}: it is due {Times.Due(To, UpdateZone.Of(Zone))}."
            );
    }
}

/// <summary>A step of reminding that was taken, and who that was; nobody when nobody is named for it.</summary>
internal sealed record ToldStep(UpdateStep Step, ImmutableArray<ToldPerson> People);

/// <summary>Somebody who was told, and the zone in which they read times.</summary>
internal sealed record ToldPerson(UserId Person, string Zone);
