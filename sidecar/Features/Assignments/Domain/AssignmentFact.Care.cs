using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.Assignments.Reviews;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <content>What an assignment keeps (ASG-6), its review and its hand-over (ASG-12).</content>
[JsonDerivedType(typeof(EnvironmentSet), "environmentSet")]
[JsonDerivedType(typeof(MeetingNoted), "meetingNoted")]
[JsonDerivedType(typeof(DocumentUpdated), "documentUpdated")]
[JsonDerivedType(typeof(ReviewDue), "reviewDue")]
[JsonDerivedType(typeof(AssignmentKept), "kept")]
[JsonDerivedType(typeof(EndedAtReview), "endedAtReview")]
[JsonDerivedType(typeof(HandOverAsked), "handOverAsked")]
[JsonDerivedType(typeof(HandOverDropped), "handOverDropped")]
[JsonDerivedType(typeof(SuccessorNamed), "successorNamed")]
[JsonDerivedType(typeof(HandOverDeclined), "handOverDeclined")]
[JsonDerivedType(typeof(HandedOver), "handedOver")]
internal abstract partial record AssignmentFact
{
    /// <param name="From">The address before; empty for none.</param>
    /// <param name="To">The address now; empty for none.</param>
    public sealed record EnvironmentSet(UserId? By, string From, string To) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            To.Length == 0
                ? Markdown.Of($"{Actor} took the emulation of the environment away; it was {From}.")
            : From.Length == 0
                ? Markdown.Of($"{Actor} set up an emulation of the customer’s environment: {To}")
            : Markdown.Of(
                $"{Actor} moved the emulation of the customer’s environment from {From} to {To}"
            );
    }

    public sealed record MeetingNoted(UserId? By, DateOnly On, string About) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} noted a customer meeting of {CalendarDay.Write(On)}: {About}");
    }

    public sealed record DocumentUpdated(
        UserId? By,
        string Title,
        string Link,
        DateOnly On,
        bool IsNew
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} {Markdown.Typed(IsNew ? "added" : "updated")} the technical design document “{Title}” ({Link}), last updated {CalendarDay.Write(On)}."
            );
    }

    /// <param name="Round">1 and 2: its people are asked; 3: the CS lead is told that nobody answered.</param>
    /// <param name="On">For when it was.</param>
    /// <param name="Told">Who was asked or told.</param>
    /// <param name="Months">For how long it would be kept.</param>
    public sealed record ReviewDue(int Round, DateOnly On, ImmutableArray<UserId> Told, int Months)
        : AssignmentFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Round < 3
                ? Markdown.Of(
                    $"Asked {ReviewWords.People(Told)} whether it should continue: the review was due {CalendarDay.Write(On)}."
                )
                : Markdown.Of(
                    $"Told {ReviewWords.People(Told)} that nobody has answered the review of {CalendarDay.Write(On)}."
                );
    }

    /// <param name="Until">When it is reviewed again.</param>
    /// <param name="Asked">Who had been asked.</param>
    public sealed record AssignmentKept(UserId? By, DateOnly Until, ImmutableArray<UserId> Asked)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} decided to keep it; it is reviewed again {CalendarDay.Write(Until)}."
            );
    }

    /// <param name="Engineer">Who was the engineer.</param>
    /// <param name="Why">Why it ends.</param>
    /// <param name="Asked">Who had been asked.</param>
    public sealed record EndedAtReview(
        UserId? By,
        UserId Engineer,
        string Why,
        ImmutableArray<UserId> Asked
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} ended it at its review; {Engineer} is not assigned any more: {Why}"
            );

        public override bool ChangesList => true;
    }

    /// <param name="From">Who hands over.</param>
    /// <param name="Reason">Which of <see cref="HandOverReasons"/>.</param>
    /// <param name="Note">More about it, as typed.</param>
    /// <param name="Outlook">What the CS lead decides by.</param>
    public sealed record HandOverAsked(
        UserId? By,
        UserId From,
        string Reason,
        string Note,
        HandOverOutlook Outlook
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} asked for it to be handed over ({HandOverReasons.Label(Reason)}){ReviewWords.Because(Note)}"
            );
    }

    public sealed record HandOverDropped(UserId? By, PlannedHandOver What) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} took the hand-over back: {What.From} stays.");
    }

    public sealed record SuccessorNamed(UserId? By, UserId From, UserId To, DateTimeOffset AskedAt)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} named {To} to take it over from {From}, and asked them.");
    }

    public sealed record HandOverDeclined(UserId? By, PlannedHandOver What, string Why)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} declined to take it over from {What.From}{ReviewWords.Because(Why)}"
            );
    }

    /// <param name="From">Who was the engineer.</param>
    /// <param name="To">Who is.</param>
    /// <param name="What">The hand-over.</param>
    public sealed record HandedOver(UserId? By, UserId From, UserId To, PlannedHandOver What)
        : AssignmentFact(By)
    {
        /// <summary>They were the back-up, who is to be named anew.</summary>
        public bool WasBackUp { get; init; }

        public override Markdown Sentence =>
            Markdown.Of($"{To} took it over from {From} and is the assigned engineer now.");

        public override bool ChangesList => true;
    }
}
