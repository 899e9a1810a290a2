using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <content>Requests, vetting and cap, each with its <c>JsonDerivedType</c>.</content>
[JsonDerivedType(typeof(Requested), "requested")]
[JsonDerivedType(typeof(Approved), "approved")]
[JsonDerivedType(typeof(CapLifted), "capLifted")]
[JsonDerivedType(typeof(PlaceTaken), "placeTaken")]
[JsonDerivedType(typeof(Declined), "declined")]
[JsonDerivedType(typeof(Withdrawn), "withdrawn")]
[JsonDerivedType(typeof(Lapsed), "lapsed")]
[JsonDerivedType(typeof(StartedUnrequested), "startedUnrequested")]
[JsonDerivedType(typeof(EngineerAssigned), "engineerAssigned")]
[JsonDerivedType(typeof(BackUpChanged), "backUpChanged")]
[JsonDerivedType(typeof(CustomerTold), "customerTold")]
[JsonDerivedType(typeof(TellingAsked), "tellingAsked")]
[JsonDerivedType(typeof(EndAnnounced), "endAnnounced")]
[JsonDerivedType(typeof(AssignmentEnded), "ended")]
[JsonDerivedType(typeof(EndTold), "endTold")]
internal abstract partial record AssignmentFact
{
    /// <summary>Somebody asked for one.</summary>
    /// <param name="By">Who.</param>
    /// <param name="Customer">For whom, by name.</param>
    /// <param name="Kind">Before or after the sale.</param>
    /// <param name="EndsOn">Its last day; null for a long-term one.</param>
    /// <param name="CustomerEngineer">With which CE.</param>
    /// <param name="Why">The reason.</param>
    /// <param name="Asked">Who vets it.</param>
    /// <param name="Administrators">Who is told that nobody has one of the vetting roles.</param>
    public sealed record Requested(
        UserId? By,
        string Customer,
        AssignmentKind Kind,
        DateOnly? EndsOn,
        UserId CustomerEngineer,
        string Why,
        ImmutableArray<Vetter> Asked,
        ImmutableArray<UserId> Administrators
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} requested an assigned engineer for {Customer} ({Kind.Label()}, {RequestWords.Length(EndsOn)}, CE {CustomerEngineer}): {Why}"
            );
    }

    /// <summary>A lead approved.</summary>
    /// <param name="By">Who.</param>
    /// <param name="As">For which roles.</param>
    /// <param name="Waits">Who still has to.</param>
    public sealed record Approved(UserId? By, ImmutableArray<Role> As, ImmutableArray<Vetter> Waits)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Waits.IsEmpty
                ? Markdown.Of($"{Actor} approved it as {As.Joined("and")}.")
                : Markdown.Of(
                    $"{Actor} approved it as {As.Joined("and")}. Still to approve: {Waits.Named()}."
                );
    }

    /// <summary>The CS lead lets it exceed the cap before all have approved it.</summary>
    public sealed record CapLifted(UserId? By, string Because, ImmutableArray<Vetter> Waits)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} lets it exceed the cap: {Because}");
    }

    /// <summary>It has a place.</summary>
    /// <param name="By">Whose approval gave it.</param>
    /// <param name="Number">How many are taken with it.</param>
    /// <param name="Most">How many there are.</param>
    /// <param name="BeyondCapBecause">Why the CS lead exceeded the cap; empty when it is within.</param>
    /// <param name="Leads">Who names the engineer.</param>
    public sealed record PlaceTaken(
        UserId? By,
        int Number,
        int Most,
        string BeyondCapBecause,
        ImmutableArray<UserId> Leads
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            BeyondCapBecause.Length == 0
                ? Markdown.Of($"Slot {Number} of {Most}.")
                : Markdown.Of($"Slot {Number}, beyond the cap of {Most}: {BeyondCapBecause}");

        public override bool ChangesList => true;
    }

    public sealed record Declined(
        UserId? By,
        ImmutableArray<Role> As,
        string Why,
        ImmutableArray<UserId> Told
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} declined it as {As.Joined("and")}: {Why}");
    }

    public sealed record Withdrawn(UserId? By, string Why, ImmutableArray<UserId> Told)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Why.Length == 0
                ? Markdown.Of($"{Actor} withdrew the request.")
                : Markdown.Of($"{Actor} withdrew the request: {Why}");
    }

    /// <summary>The last day of a temporary one passed before it was approved.</summary>
    public sealed record Lapsed(DateOnly Last, ImmutableArray<UserId> Leads)
        : AssignmentFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"The request lapsed: its last day was {CalendarDay.Write(Last)}, and it had not been approved."
            );
    }

    /// <summary>The CS lead started one that nobody had requested.</summary>
    public sealed record StartedUnrequested(
        UserId? By,
        string Customer,
        AssignmentKind Kind,
        DateOnly? EndsOn,
        UserId CustomerEngineer,
        string Why
    ) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} started it for {Customer} without a request and without vetting ({Kind.Label()}, {RequestWords.Length(EndsOn)}, CE {CustomerEngineer}): {Why}"
            );
    }
}
