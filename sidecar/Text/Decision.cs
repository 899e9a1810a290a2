namespace Sidecar.Text;

/// <summary>What a pure rule decided: the next state with the facts that led there, or a refusal.</summary>
/// <typeparam name="TState">What the rule is about.</typeparam>
/// <typeparam name="TFact">What can happen to it.</typeparam>
public abstract record Decision<TState, TFact>
    where TState : class
{
    private Decision() { }

    /// <summary>It is done.</summary>
    /// <param name="Next">How things stand afterwards.</param>
    /// <param name="Facts">What happened, in order; each is told once and kept for ever.</param>
    public sealed record Accepted(TState Next, params IReadOnlyList<TFact> Facts)
        : Decision<TState, TFact>;

    /// <summary>It is not done, and nothing changes.</summary>
    public sealed record Refused(Refusal Why) : Decision<TState, TFact>;

    /// <summary>A refusal is a decision.</summary>
    public static implicit operator Decision<TState, TFact>(Refusal why) => new Refused(why);
}
