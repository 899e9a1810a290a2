namespace Campaigns.Model;

/// <summary>When something was in trouble, by the clock on the wall.</summary>
internal sealed class Health
{
    private readonly List<(DateTimeOffset From, DateTimeOffset? To)> _troubles = [];

    public bool IsInTrouble => _troubles is [.., (_, null)];

    public void Begins(DateTimeOffset at)
    {
        if (!IsInTrouble)
        {
            _troubles.Add((at, null));
        }
    }

    public void Ends(DateTimeOffset at)
    {
        if (IsInTrouble)
        {
            _troubles[^1] = (_troubles[^1].From, at);
        }
    }

    /// <summary>A stretch of wall time that nobody lived through as usual: the clock was set.</summary>
    public void Was(DateTimeOffset from, DateTimeOffset to)
    {
        var open = IsInTrouble ? _troubles[^1] : ((DateTimeOffset, DateTimeOffset?)?)null;
        if (open is not null)
        {
            _troubles.RemoveAt(_troubles.Count - 1);
        }

        _troubles.Add((from, to));
        if (open is { } still)
        {
            _troubles.Add(still);
        }
    }

    /// <summary>That moment, or the end of the trouble that it fell into; null when that has not ended.</summary>
    public DateTimeOffset? After(DateTimeOffset at)
    {
        var after = at;
        while (true)
        {
            var hit = _troubles
                .Where(t => t.From <= after && (t.To is null || after < t.To))
                .ToList();
            if (hit.Count == 0)
            {
                return after;
            }

            if (hit.Any(t => t.To is null))
            {
                return null;
            }

            after = hit.Max(t => t.To!.Value);
        }
    }

    /// <summary>Nothing is known of which of the two came first: both lie in one trouble.</summary>
    public bool AreTogether(DateTimeOffset one, DateTimeOffset other) =>
        one == other
        || _troubles.Any(t =>
            t.From <= one && t.From <= other && (t.To is null || (one <= t.To && other <= t.To))
        );
}
