namespace Sidecar.Mattermost;

/// <content>How listening stands, and what others see of it.</content>
internal sealed partial class EventListener
{
    /// <summary>How it is doing.</summary>
    public EventListenerHealth Health
    {
        get
        {
            lock (_gate)
            {
                return new EventListenerHealth(
                    _state,
                    _since,
                    _state == ListeningState.Waiting ? _retryAt : null,
                    _lookUpAt,
                    _coverage.Until(_inbox.OldestWaiting)
                );
            }
        }
    }

    /// <summary>
    /// Completes when everything that the server has said on a line up to an event is handled and nothing is left to
    /// look up, or when nothing more can be heard until a time has passed.
    /// </summary>
    /// <param name="said">
    /// The line's name and the number of the last event on it; null when the server knows no line. Asked again after
    /// every change.
    /// </param>
    /// <param name="cancel">Gives up.</param>
    public Task WhenQuiet(Func<(string Line, long Number)?> said, CancellationToken cancel) =>
        When(() => IsQuiet(said()), cancel);

    /// <summary>Whether that is so now.</summary>
    public bool IsQuietNow((string Line, long Number)? said)
    {
        lock (_gate)
        {
            return IsQuiet(said);
        }
    }

    /// <summary>Completes when it is in a state.</summary>
    public Task WhenIn(ListeningState state, CancellationToken cancel) =>
        When(() => _state == state, cancel);

    /// <summary>Completes when something that was missed is being looked up.</summary>
    public Task WhenLookingUp(CancellationToken cancel) =>
        When(() => _lookUpsAsked > 0 && _lookUpAt is null, cancel);

    private bool IsQuiet((string Line, long Number)? said) =>
        _inbox.OldestWaiting is null
        && (_lookUpsAsked == 0 || _lookUpAt is not null)
        && _state switch
        {
            ListeningState.Listening => said is { } last
                && last.Line == _connection
                && last.Number <= _number,
            ListeningState.Waiting => said is null,
            _ => _state is ListeningState.Stopped or ListeningState.Elsewhere,
        };

    private Task When(Func<bool> holds, CancellationToken cancel)
    {
        lock (_gate)
        {
            if (holds())
            {
                return Task.CompletedTask;
            }

            var then = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((holds, then));
            return then.Task.WaitAsync(cancel);
        }
    }

    private void Changed()
    {
        lock (_gate)
        {
            for (var i = _watchers.Count - 1; i >= 0; i--)
            {
                if (_watchers[i].Holds())
                {
                    _watchers[i].Then.TrySetResult();
                    _watchers.RemoveAt(i);
                }
            }
        }
    }

    private void Enter(ListeningState state)
    {
        lock (_gate)
        {
            _state = state;
            _since = _clock.GetUtcNow();
        }

        Changed();
    }

    private void Up(WebSocketConnection line)
    {
        bool isWhole;
        lock (_gate)
        {
            isWhole = line.IsResumed && _coverage.LineResumed();
            if (!line.IsResumed)
            {
                _coverage.LineUp(_clock.GetUtcNow());
            }

            (_connection, _number) = (line.Connection, line.Number);
        }

        if (!isWhole)
        {
            AskForLookUp();
        }

        Enter(ListeningState.Listening);
        _problem = null;
        if (line.IsResumed)
        {
            _metrics.Resumed();
            Log.Resumed(_log);
        }
        else
        {
            Log.Listens(_log);
        }
    }

    private void Down()
    {
        lock (_gate)
        {
            _coverage.LineLost(_inbox.OldestWaiting);
        }
    }

    private (DateTimeOffset Began, int Gaps, DateTimeOffset From) BeginLookUp()
    {
        lock (_gate)
        {
            return (_clock.GetUtcNow(), _coverage.Gaps, _coverage.Until(_inbox.OldestWaiting));
        }
    }

    private bool NeedsLookUp()
    {
        lock (_gate)
        {
            return _coverage.HasGap;
        }
    }

    private void EndLookUp(int gaps, DateTimeOffset began)
    {
        lock (_gate)
        {
            _coverage.CaughtUp(gaps, began);
        }
    }

    private void LookedUp()
    {
        lock (_gate)
        {
            _lookUpsAsked--;
        }

        Changed();
    }

    private void LookUpAgainAt(DateTimeOffset? at)
    {
        lock (_gate)
        {
            _lookUpAt = at;
        }

        Changed();
    }
}
