namespace Mattermost.Simulator;

/// <summary>The newest events of a line, so that a client which lost it can have them again.</summary>
internal sealed class KeptEvents
{
    /// <summary>How many events a server keeps for a client that is away; then it forgets the line.</summary>
    private const int Most = 256;

    private readonly LinkedList<(long Number, string Text)> kept = [];

    public void Add(long number, string text)
    {
        kept.AddLast((number, text));
        if (kept.Count > Most)
        {
            kept.RemoveFirst();
        }
    }

    /// <summary>The events from a number on; null when some of them are not there any more.</summary>
    public IReadOnlyList<string>? From(long number, long next) =>
        number > next ? null
        : number == next ? []
        : kept.First is { } first && first.Value.Number <= number
            ? [.. kept.Where(e => e.Number >= number).Select(e => e.Text)]
        : null;
}
