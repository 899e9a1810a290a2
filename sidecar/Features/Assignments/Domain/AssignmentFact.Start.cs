using System.Collections.Immutable;
using Sidecar.Ids;
using Sidecar.Text;
using Sidecar.Time;

namespace Sidecar.Features.Assignments.Domain;

/// <content>Engineer, back-up, what the customer is told, and the end.</content>
internal abstract partial record AssignmentFact
{
    public sealed record EngineerAssigned(UserId? By, UserId Engineer, UserId? BackUp)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            BackUp is { } backUp
                ? Markdown.Of($"{Actor} assigned {Engineer}, with {backUp} as back-up.")
                : Markdown.Of($"{Actor} assigned {Engineer}.");

        public override bool ChangesList => true;
    }

    public sealed record BackUpChanged(UserId? By, UserId? Former, UserId? BackUp)
        : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            (Former, BackUp) switch
            {
                (_, null) => Markdown.Of(
                    $"{Actor} took {RequestWords.Person(Former)} off as back-up."
                ),
                (null, _) => Markdown.Of($"{Actor} made {BackUp.Value} the back-up."),
                _ => Markdown.Of(
                    $"{Actor} made {BackUp.Value} the back-up in place of {Former.Value}."
                ),
            };

        public override bool ChangesList => true;
    }

    /// <summary>The customer knows (ASG-3).</summary>
    public sealed record CustomerTold(UserId? By, DateOnly On, string To) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} recorded that the customer was told on {CalendarDay.Write(On)}: {To}"
            );
    }

    /// <summary>The engineer was reminded to tell the customer (ASG-3).</summary>
    public sealed record TellingAsked() : AssignmentFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of($"Engineer and CE were reminded to tell the customer.");
    }

    /// <summary>Its people were told that it will end.</summary>
    public sealed record EndAnnounced(DateOnly Last, ImmutableArray<UserId> Leads)
        : AssignmentFact((UserId?)null)
    {
        public override Markdown Sentence =>
            Markdown.Of($"Its people were told that its last day is {CalendarDay.Write(Last)}.");
    }

    public sealed record AssignmentEnded(UserId? By, string Why) : AssignmentFact(By)
    {
        public override Markdown Sentence =>
            By is null ? Markdown.Of($"It ended: {Why}.") : Markdown.Of($"{Actor} ended it: {Why}");

        public override bool ChangesList => true;
    }

    /// <summary>Its people were told that it ended by itself.</summary>
    public sealed record EndTold(ImmutableArray<UserId> Leads) : AssignmentFact((UserId?)null)
    {
        public override Markdown Sentence => Markdown.Of($"Its people were told that it ended.");
    }
}
