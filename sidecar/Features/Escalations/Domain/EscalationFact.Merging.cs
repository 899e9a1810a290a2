using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Text;

namespace Sidecar.Features.Escalations.Domain;

/// <content>Two that were the same problem (ESC-11).</content>
internal abstract partial record EscalationFact
{
    /// <summary>It is the same problem as another one, and goes on there.</summary>
    /// <param name="By">Who said so.</param>
    /// <param name="Into">The one that goes on.</param>
    /// <param name="From">Where it stood.</param>
    /// <param name="Note">Why, in their words; may be empty.</param>
    /// <param name="Channel">Where the work goes on, as far as that has a channel.</param>
    public sealed record MergedInto(
        UserId? By,
        EscalationId Into,
        EscalationState From,
        string Note,
        NamedChannel? Channel
    ) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} merged it into **{Into}**, where it continues{(Channel is { } channel ? Markdown.Of($" in {channel}") : Markdown.None)}. {EscalationWords.Command($"timeline {Into}")} tells what happens.{(Note.Length == 0 ? Markdown.None : Markdown.Of($" Note: {Note}"))}"
            );
    }

    /// <summary>Another one was the same problem, and goes on here.</summary>
    /// <param name="By">Who said so.</param>
    /// <param name="Other">Which.</param>
    /// <param name="Summary">What it said.</param>
    /// <param name="Joining">Who had a part in it and follows this one now.</param>
    public sealed record Merged(
        UserId? By,
        EscalationId Other,
        string Summary,
        System.Collections.Immutable.ImmutableArray<UserId> Joining
    ) : EscalationFact(By)
    {
        protected override IReadOnlyCollection<UserId> Begins => Joining;

        public override Markdown Sentence =>
            Markdown.Of(
                $"{Actor} merged **{Other}** into it: {EscalationWords.Quoted(Summary)}.{(Joining.IsEmpty ? Markdown.None : Markdown.Of($" It goes on here for {EscalationWords.List(Joining)}."))} {EscalationWords.Command($"timeline {Other}")} tells what happened there."
            );
    }

    /// <summary>It is another problem than the one it looked like.</summary>
    public sealed record IsAnother(UserId? By, EscalationId Than) : EscalationFact(By)
    {
        public override Markdown Sentence =>
            Markdown.Of($"{Actor} says that it is not the same problem as {Than}.");
    }
}
