using Sidecar.Chat;
using Sidecar.Ids;
using Sidecar.Storage;

namespace Sidecar.People;

/// <summary>What nobody waits for: writing down, and asking again.</summary>
internal sealed partial class PeopleDirectory
{
    /// <summary>Does what was put off: writes names down, asks again.</summary>
    internal async Task CatchUp(CancellationToken cancel)
    {
        while (_chores.Reader.TryRead(out var chore))
        {
            try
            {
                if (!chore.Ask)
                {
                    await Write(chore.Id, cancel);
                }
                else if (await Ask(chore.Id, cancel) is null && _recent.Find(chore.Id) is { } gone)
                {
                    LeaveAlone(gone, AskAgainAfter);
                }
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                Log.PutOff(log, chore.Id.Value, problem.Message);
                AskAgainLater(chore);
            }
        }
    }

    /// <summary>Nobody else may ask about somebody for long, and who has gone leaves work behind that others must hear of.</summary>
    private void AskAgainLater(Chore chore)
    {
        if (
            !chore.Ask
            || _again.ContainsKey(chore.Id)
            || _recent.Find(chore.Id) is not { IsDoubted: true }
        )
        {
            return;
        }

        _again[chore.Id] = clock.CreateTimer(
            _ =>
            {
                if (_again.TryRemove(chore.Id, out var rung))
                {
                    rung.Dispose();
                }

                if (_recent.Find(chore.Id) is { IsDoubted: true })
                {
                    _chores.Writer.TryWrite(chore);
                }
            },
            null,
            TryAgainAfter,
            Timeout.InfiniteTimeSpan
        );
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var timer in _again.Values)
        {
            timer.Dispose();
        }

        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        store.AccountChangedElsewhere = Doubt;
        while (await _chores.Reader.WaitToReadAsync(stoppingToken))
        {
            await CatchUp(stoppingToken);
        }
    }

    private bool IsSilent => clock.GetUtcNow().UtcTicks < Volatile.Read(ref _silentUntil);

    /// <summary>Whoever comes while Mattermost is silent must not wait for it again.</summary>
    private void FellSilent(Exception problem)
    {
        Volatile.Write(ref _silentUntil, (clock.GetUtcNow() + SilentFor).UtcTicks);
        Log.Silent(log, problem.Message);
    }

    private bool IsFresh(KnownPerson known, DateTimeOffset? heard, TimeSpan within) =>
        !known.IsDoubted && clock.GetUtcNow() - heard <= within;

    private void AskLaterIfOld(KnownPerson known)
    {
        var now = clock.GetUtcNow();
        var isFresh =
            known is { StandingIsKnown: true, AskedAt: { } asked } && now - asked <= AskAgainAfter;
        if (!isFresh && !(now < known.LeftAloneUntil))
        {
            // Or every look at this person until the answer is there would ask once more.
            LeaveAlone(known, TryAgainAfter);
            _chores.Writer.TryWrite(new Chore(known.Id, Ask: true));
        }
    }

    private void LeaveAlone(KnownPerson known, TimeSpan length) =>
        _recent.Change(
            known.Id,
            latest => (latest ?? known) with { LeftAloneUntil = clock.GetUtcNow() + length }
        );

    private async Task Write(UserId id, CancellationToken cancel)
    {
        for (var written = false; !written; )
        {
            var stored = await store.Find(KnownPerson.Kind, id.Value, cancel);
            if (await Read(id, cancel) is not { } known || Same(stored?.Value, known))
            {
                return;
            }

            var change = new Change(clock.GetUtcNow(), nameof(PeopleDirectory));
            // Also of whom nothing was written yet: they may have gone a moment after they did something.
            if (known.IsGone && stored is not { Value.IsGone: true })
            {
                change.Due(WentAway, id.Value, change.Now);
            }

            if (known.IsGuest && stored is not { Value.IsGuest: true })
            {
                change.Due(BecameGuest, id.Value, change.Now);
            }

            written = await store.Commit(
                stored is null
                    ? change.Add(KnownPerson.Kind, id.Value, known)
                    : change.Replace(KnownPerson.Kind, stored, known),
                cancel
            );
        }
    }

    /// <summary>That somebody was asked about once more is worth a write twice a day only.</summary>
    private static bool Same(KnownPerson? stored, KnownPerson known) =>
        stored is not null
        && (stored.AskedAt == known.AskedAt || known.AskedAt - stored.AskedAt < AskAgainAfter)
        && Stored(stored) with { AskedAt = known.AskedAt } == Stored(known);

    private static KnownPerson Stored(KnownPerson known) =>
        known with
        {
            IsRead = true,
            LeftAloneUntil = null,
            HeardAt = null,
            StandingAt = null,
            Doubts = 0,
            Settled = 0,
        };

    private readonly record struct Chore(UserId Id, bool Ask);

    private static partial class Log
    {
        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Mattermost does not say who people are; what was known of them counts for now: {Problem}"
        )]
        public static partial void Silent(ILogger logger, string problem);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "The account of {Person} may not be read: {Problem}"
        )]
        public static partial void Unseen(ILogger logger, string person, string problem);

        [LoggerMessage(
            Level = LogLevel.Warning,
            Message = "Nothing is allowed to {Person}, whose account was never read: {Problem}"
        )]
        public static partial void NotMet(ILogger logger, string person, string problem);

        [LoggerMessage(
            Level = LogLevel.Information,
            Message = "The account of {Person} is noted later: {Problem}"
        )]
        public static partial void PutOff(ILogger logger, string person, string problem);
    }
}
