using Sidecar.Chat;

namespace Sidecar.Outbox;

/// <summary>
/// Which state of each card was shown last, in this life of the process: what was given up and is released later must
/// not replace what is newer.
/// </summary>
internal sealed class ShownCards
{
    private const int Most = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<PostName, long> _last = [];

    /// <summary>A later state than this one was shown already.</summary>
    public bool Overtook(PostName card, long sequence)
    {
        lock (_gate)
        {
            return _last.TryGetValue(card, out var last) && last > sequence;
        }
    }

    public void Shows(PostName card, long sequence)
    {
        lock (_gate)
        {
            if (_last.Count >= Most)
            {
                _last.Clear();
            }

            _last[card] = sequence;
        }
    }
}
