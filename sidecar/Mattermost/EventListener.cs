using System.Net;
using Sidecar.Chat;
using Sidecar.Outbox;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Time;

namespace Sidecar.Mattermost;

/// <summary>
/// The fifth way in: listens to Mattermost's WebSocket for reactions to our posts, comes back whenever the line is lost,
/// and looks up what was missed in between.
/// </summary>
/// <remarks>
/// Four things go on beside each other: the line is read, what was read is handled, what was missed is looked up, and it
/// is noted up to when everything is handled. Only the first must never wait.
/// </remarks>
internal sealed partial class EventListener : BackgroundService
{
    private readonly Lock _gate = new();
    private readonly List<(Func<bool> Holds, TaskCompletionSource Then)> _watchers = [];
    private readonly SemaphoreSlim _lookUp = new(0);

    private readonly IHttpMessageHandlerFactory _network;
    private readonly ChatOptions _chat;
    private readonly EventListenerOptions _options;
    private readonly ReactionInbox _inbox;
    private readonly MissedReactions _missed;
    private readonly ChatRequests _requests;
    private readonly PeopleDirectory _people;
    private readonly RenamedChannels _renamed;
    private readonly ChangedReaders _readers;
    private readonly Store _store;
    private readonly EventListenerMetrics _metrics;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;

    private readonly ILeases _leases;

    private ReactionWatermark _coverage;
    private ListeningState _state = ListeningState.Starting;
    private DateTimeOffset _since;
    private DateTimeOffset? _retryAt;
    private string _connection = "";
    private long _number = -1;
    private int _lookUpsAsked;
    private DateTimeOffset? _lookUpAt;
    private WebSocketProblem? _problem;
    private LineEnd? _end;

    public EventListener(
        IHttpMessageHandlerFactory network,
        IHttpClientFactory clients,
        ChatOptions chat,
        EventListenerOptions options,
        ReactionInbox inbox,
        MissedReactions missed,
        PeopleDirectory people,
        RenamedChannels renamed,
        ChangedReaders readers,
        Store store,
        TimeProvider clock,
        ILogger<EventListener> log,
        ILeases? leases = null
    )
    {
        _leases = leases ?? new AllLeases();
        (_network, _chat, _options, _inbox, _missed) = (network, chat, options, inbox, missed);
        (_people, _renamed, _readers) = (people, renamed, readers);
        (_store, _clock, _log) = (store, clock, log);
        _requests = new ChatRequests(clients, chat, clock);
        _since = clock.GetUtcNow();
        _coverage = new ReactionWatermark(_since);
        _metrics = new EventListenerMetrics(this, () => Health);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _metrics.Dispose();
        _lookUp.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                using var turn = await Turn(stoppingToken);
                await While(turn.Token, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
        finally
        {
            Enter(ListeningState.Stopped);
        }
    }

    private async Task While(CancellationToken ours, CancellationToken stopping)
    {
        using var work = _leases.Begin(WorkShares.Listening);
        if (work is null)
        {
            return;
        }

        try
        {
            await Begin(ours);
            await Task.WhenAll(
                Listen(ours),
                _inbox.Work(Failed, Changed, ours),
                LookUpMissed(ours),
                KeepNoting(ours)
            );
        }
        catch (Exception ended)
            when (ended is LeaseLostException
                || (ended is OperationCanceledException && ours.IsCancellationRequested)
            )
        {
            await NoteAtEnd();
            stopping.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Where the last life stopped. The first one of all begins now: what was reacted before it meant nothing.</summary>
    private async Task Begin(CancellationToken cancel)
    {
        var known = await ListenedUntil.Read(_store, cancel);
        lock (_gate)
        {
            _coverage = new ReactionWatermark(known ?? _clock.GetUtcNow());
        }

        if (known is null)
        {
            await Note(cancel);
        }
    }

    private async Task Listen(CancellationToken cancel)
    {
        for (var failures = 0; ; )
        {
            var began = _clock.GetUtcNow();
            Enter(ListeningState.Connecting);
            try
            {
                await OneLine(cancel);
            }
            catch (Exception fault)
                when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
            {
                // A line that comes and goes is no better than none.
                failures = _clock.GetUtcNow() - began > _options.LongestRetry ? 1 : failures + 1;
                var problem =
                    fault as WebSocketConnectionException
                    ?? new WebSocketConnectionException(
                        WebSocketProblem.Lost,
                        fault.Message,
                        fault
                    );
                await Wait(failures, await Judged(problem, cancel), cancel);
            }
        }
    }

    private async Task OneLine(CancellationToken cancel)
    {
        await using var line = await Open(cancel);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        // Its timer runs before anybody is told that the line is there.
        var asking = StaysAlive(line, ended.Token);
        Up(line);
        await LookAtReaders(line, cancel);
        try
        {
            while (true)
            {
                var read = await line.Read(cancel);
                await Follow(read, cancel);
                Take(read, line.Number);
            }
        }
        finally
        {
            _end = line.End;
            Down();
            await ended.CancelAsync();
            await asking;
        }
    }

    private async Task<WebSocketConnection> Open(CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(_options.ConnectTimeout, _clock);
        using var network = new HttpMessageInvoker(
            _network.CreateHandler(ChatOptions.HttpClientName),
            disposeHandler: false
        );
        // A server that does not like how it was asked is asked for a new line the next time.
        var end = _end;
        _end = null;
        try
        {
            return await WebSocketConnection.Open(
                network,
                _options.Server,
                _chat.BotToken,
                late.Token,
                cancel,
                end
            );
        }
        catch (WebSocketConnectionException problem)
            when (problem is { Problem: WebSocketProblem.Unreachable, Status: null })
        {
            _end = end;
            throw;
        }
    }

    /// <summary>What has to be stored before it counts as heard.</summary>
    private async Task Follow(ServerEvent read, CancellationToken cancel)
    {
        if ((read.Channel?.Id ?? read.Readers) is not { } channel)
        {
            return;
        }

        try
        {
            if (read.Channel is { } named)
            {
                await _renamed.Heard(named, cancel);
            }
            else if (read.Kind == EventKind.ChannelConverted)
            {
                await _renamed.Look(channel, cancel);
            }

            await _readers.Heard(channel, cancel);
        }
        catch (StoreUnwritableException unwritable)
        {
            // A name that is not up to date is no reason to hang up; whoever looks at it brings it up to date.
            Log.NotFollowed(_log, channel.Value, unwritable.Message);
        }
    }

    /// <summary>Who came in while nobody listened, nobody told.</summary>
    private async Task LookAtReaders(WebSocketConnection line, CancellationToken cancel)
    {
        if (line.IsResumed)
        {
            return;
        }

        try
        {
            await _readers.HeardNothing(cancel);
        }
        catch (StoreUnwritableException)
        {
            // They are looked at by the clock, too.
        }
    }

    private void Take(ServerEvent read, long number)
    {
        _metrics.Event();
        var kept = true;
        if (read.Reaction is { } reaction && _inbox.Concerns(reaction))
        {
            _metrics.Reaction();
            kept = _inbox.Take(reaction, _options.MostWaiting);
        }

        if (read.Account is { } account)
        {
            _people.Doubt(account);
            _store.TellAccountChanged?.Invoke(account);
        }

        var now = _clock.GetUtcNow();
        lock (_gate)
        {
            _coverage.Heard(now);
            _number = number;
            if (!kept)
            {
                _coverage.Missed(now, _inbox.OldestWaiting);
            }
        }

        if (!kept)
        {
            AskForLookUp();
        }

        Changed();
    }

    /// <summary>Asks now and then whether the server is still there. A line can be dead for hours without any sign of it.</summary>
    private async Task StaysAlive(WebSocketConnection line, CancellationToken cancel)
    {
        try
        {
            while (_options.PingEvery != Timeout.InfiniteTimeSpan)
            {
                await Task.Delay(_options.PingEvery, _clock, cancel);
                var before = _metrics.Events;
                using var late = new CancellationTokenSource(_options.PongWithin, _clock);
                using var either = CancellationTokenSource.CreateLinkedTokenSource(
                    cancel,
                    late.Token
                );
                var patience = Task.Delay(_options.PongWithin, _clock, cancel);
                await line.Ping(either.Token);
                await patience;
                if (_metrics.Events == before)
                {
                    line.Cut();
                    return;
                }
            }
        }
        catch (Exception ended)
            when (ended is OperationCanceledException or WebSocketConnectionException)
        {
            // Who reads the line notices by itself that it is gone; one that takes nothing any more is cut.
            line.Cut();
        }
    }

    private async Task Wait(
        int failures,
        WebSocketConnectionException problem,
        CancellationToken cancel
    )
    {
        var wait = Backoff.After(failures, _options.FirstRetry, _options.LongestRetry);
        Report(problem, wait);
        _metrics.Lost();
        var delay = Task.Delay(wait, _clock, cancel);
        lock (_gate)
        {
            _retryAt = _clock.GetUtcNow() + wait;
        }

        Enter(ListeningState.Waiting);
        await delay;
    }

    /// <summary>
    /// A server that does not accept the token just hangs up, and a line that breaks in that moment looks the same. So it
    /// is asked another way, and only a refusal there is one.
    /// </summary>
    private async Task<WebSocketConnectionException> Judged(
        WebSocketConnectionException problem,
        CancellationToken cancel
    )
    {
        var isInDoubt =
            problem.Problem is WebSocketProblem.NotLetIn or WebSocketProblem.CutWhileOpening
            || problem.Status is HttpStatusCode.Unauthorized;
        if (!isInDoubt)
        {
            return problem;
        }

        try
        {
            await _requests.Ask(
                _chat.ReadTimeout,
                async (http, c) =>
                {
                    await http.Send(HttpMethod.Get, "api/v4/users/me", null, c);
                    return true;
                },
                cancel
            );
        }
        catch (ChatException refused) when (refused.Problem == ChatProblem.LockedOut)
        {
            return new WebSocketConnectionException(
                WebSocketProblem.NotLetIn,
                refused.Message,
                refused
            );
        }
        catch (ChatException)
        {
            // Then nobody knows, and nobody is accused.
        }

        return problem.Problem == WebSocketProblem.Unreachable
            ? problem
            : new WebSocketConnectionException(WebSocketProblem.Lost, problem.Message, problem);
    }

    private void Report(WebSocketConnectionException problem, TimeSpan wait)
    {
        // Said once for each kind of trouble, until it is over.
        if (_problem != problem.Problem)
        {
            _problem = problem.Problem;
            if (problem.Problem == WebSocketProblem.NotLetIn)
            {
                Log.NotLetIn(_log, problem.Message);
            }
            else
            {
                Log.NoLine(_log, problem.Problem, problem.Message);
            }
        }

        Log.Again(_log, wait.TotalSeconds, problem.Problem, problem.Message);
    }
}
