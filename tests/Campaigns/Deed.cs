using Campaigns.Model;

namespace Campaigns;

/// <summary>What somebody got for what they did.</summary>
/// <param name="IsHeard">Something came back that is no error.</param>
/// <param name="Text">What it said.</param>
internal sealed record Answer(bool IsHeard, string Text)
{
    public static Answer None(string why) => new(false, why);
}

/// <summary>Something that somebody does.</summary>
/// <param name="Who">Who.</param>
/// <param name="Case">To what; null for one that is raised by it.</param>
/// <param name="What">In words.</param>
/// <param name="Do">Does it.</param>
/// <param name="Facts">What the trail and the thread must have of it.</param>
/// <param name="Happened">What it means to the model.</param>
internal sealed record Deed(
    string Who,
    Subject? Case,
    string What,
    Func<Task<Answer>> Do,
    IReadOnlyList<Fact> Facts,
    Action<DateTimeOffset> Happened
)
{
    /// <summary>What is raised by it.</summary>
    public Raise? Raises { get; init; }

    /// <summary>Its answer says nothing; it must be heard sooner or later all the same.</summary>
    public bool IsSilent { get; init; }
}

/// <summary>A new escalation, as it was asked for.</summary>
internal sealed record Raise(string Summary, string Customer, string Channel, int Severity);
