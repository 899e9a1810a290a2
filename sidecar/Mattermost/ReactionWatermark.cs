namespace Sidecar.Mattermost;

/// <summary>
/// Up to when every reaction has been heard and handled: by lines that brought all, and by looking up what fell between
/// them. All times are by our clock. Not safe for threads.
/// </summary>
/// <param name="known">Up to when it is so at the beginning.</param>
internal sealed class ReactionWatermark(DateTimeOffset known)
{
    private DateTimeOffset _known = known;
    private DateTimeOffset _heard = known;
    private bool _isWhole;
    private int? _gapOfLoss;

    /// <summary>Changes with everything that must be looked up; see <see cref="CaughtUp"/>.</summary>
    public int Gaps { get; private set; }

    /// <summary>Something may have been missed and was not looked up yet.</summary>
    public bool HasGap => !_isWhole;

    /// <summary>Up to when everything is handled.</summary>
    /// <param name="oldestWaiting">When the oldest of those that wait to be handled was heard; null when none waits.</param>
    public DateTimeOffset Until(DateTimeOffset? oldestWaiting)
    {
        if (!_isWhole)
        {
            return _known;
        }

        var handled = oldestWaiting < _heard ? oldestWaiting.Value : _heard;
        return handled > _known ? handled : _known;
    }

    /// <summary>A line is there; what happened before must be looked up.</summary>
    public void LineUp(DateTimeOffset now)
    {
        _heard = now;
        Open();
    }

    /// <summary>The line brought something, so it had brought everything that came before.</summary>
    public void Heard(DateTimeOffset now) => _heard = now;

    /// <summary>The line is gone.</summary>
    public void LineLost(DateTimeOffset? oldestWaiting)
    {
        var wasWhole = _isWhole;
        _known = Until(oldestWaiting);
        Open();
        _gapOfLoss = wasWhole ? Gaps : null;
    }

    /// <summary>The line that was lost goes on where it was cut: what it brings now is all that there was.</summary>
    /// <returns>Whether nothing is left to look up; there may be older gaps.</returns>
    public bool LineResumed()
    {
        if (_gapOfLoss == Gaps)
        {
            _isWhole = true;
        }

        return _isWhole;
    }

    /// <summary>The line is there, and something that it brought could not be kept or handled.</summary>
    public void Missed(DateTimeOffset at, DateTimeOffset? oldestWaiting)
    {
        var until = Until(oldestWaiting);
        _known = at < until ? at : until;
        Open();
    }

    /// <summary>Everything was looked up.</summary>
    /// <param name="gaps"><see cref="Gaps"/> when looking began: a gap that came since is still open.</param>
    /// <param name="began">When looking began.</param>
    public void CaughtUp(int gaps, DateTimeOffset began)
    {
        if (gaps == Gaps)
        {
            _known = began > _known ? began : _known;
            _isWhole = true;
        }
    }

    private void Open()
    {
        Gaps++;
        _isWhole = false;
    }
}
