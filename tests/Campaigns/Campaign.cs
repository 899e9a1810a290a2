using System.Globalization;
using Campaigns.Model;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;

namespace Campaigns;

/// <summary>
/// Weeks of many people at work while everything that can fail does, drawn from a seed; and a model beside it that says
/// what must be there. What the model does not expect, and what it misses, ends the campaign.
/// </summary>
internal sealed class Campaign : IAsyncDisposable
{
    private const int StepsInAWeek = 130;
    private const int WeeksOfAToken = 8;

    private readonly Town _town;
    private readonly Seeded _dice;
    private readonly Script _script;
    private readonly Mishaps _mishaps;
    private readonly Checks _checks;
    private readonly Chronicle _chronicle;
    private readonly List<Case> _cases = [];
    private readonly List<Pair> _pairs = [];
    private readonly string _repeat;

    private Campaign(Town town, long seed, string repeat, Action<string> print)
    {
        _town = town;
        _repeat = repeat;
        _dice = new Seeded(seed);
        _chronicle = new Chronicle(print, () => town.Now);
        _script = new Script(town, _dice, _cases, _pairs);
        _checks = new Checks(town, _cases, _pairs);
        _mishaps = new Mishaps(town, this, _script, _dice, _chronicle, _cases);
    }

    /// <param name="seed">What everything is drawn from.</param>
    /// <param name="repeat">What repeats it, to be typed.</param>
    /// <param name="print">Where it says how it goes.</param>
    public static async Task<Campaign> Open(long seed, string repeat, Action<string> print)
    {
        var town = await Town.Open();
        var campaign = new Campaign(town, seed, repeat, print);
        await campaign._script.Begin();
        return campaign;
    }

    public async Task Run(int weeks)
    {
        try
        {
            for (var week = 1; week <= weeks; week++)
            {
                await Week(_town.Now.AddDays(7));
                await _checks.All();
                if (week % WeeksOfAToken == 0)
                {
                    await _town.RenewsPrograms();
                }

                _chronicle.Print(
                    $"week {week} of {weeks}, {_town.Now.ToString("u", CultureInfo.InvariantCulture)}: {_cases.Count} escalations; {_checks.Summary}"
                );
            }

            _chronicle.Print($"done: {_chronicle.Counts("done ")}");
            _chronicle.Print($"faults: {_chronicle.Counts("fault ")}");
            _chronicle.Print($"checked: {_checks.Summary}");
        }
        catch (Exception wrong) when (wrong is not OperationCanceledException)
        {
            throw new InvalidOperationException(
                $"""
                At {_town.Now:O}: {wrong.Message}
                {_repeat} repeats it.
                Faults so far: {_chronicle.Counts("fault ")}
                What happened last:
                {_chronicle.About((wrong as WrongException)?.AboutCase)}
                """,
                wrong
            );
        }
    }

    /// <summary>Time passes, and what falls due on the way is done.</summary>
    public async Task Passes(TimeSpan time)
    {
        await _town.Desk.PassesTo(_town.Now + time);
        foreach (var one in _cases)
        {
            one.Extend(_town.Now);
        }
    }

    /// <summary>People do these at the same moment.</summary>
    /// <param name="deeds">What.</param>
    /// <param name="meanwhile">What befalls the sidecar while they do; it is up again afterwards.</param>
    public async Task Do(IReadOnlyList<Deed> deeds, Func<Task, Task>? meanwhile = null)
    {
        var at = _town.Now;
        foreach (var deed in deeds)
        {
            deed.Case?.Extend(at);
            _chronicle.Note($"{deed.Who} {deed.What}");
        }

        var doing = deeds.Select(d => d.Do()).ToList();
        if (meanwhile is not null)
        {
            await meanwhile(Task.WhenAny(doing));
        }

        var answers = await Task.WhenAll(doing);
        await _town.Desk.Settled();
        var done = deeds.Zip(answers).ToList();
        foreach (var (deed, answer) in done)
        {
            _chronicle.Note($"  {deed.Who} heard: {(answer.IsHeard ? "" : "error ")}{answer.Text}");
        }

        await Learn(done, at);
    }

    /// <summary>What became of deeds: what was promised is there, and what is there was done by somebody.</summary>
    public async Task Learn(IReadOnlyList<(Deed Deed, Answer Answer)> done, DateTimeOffset at)
    {
        await LearnRaises(done.Where(d => d.Deed.Raises is not null).ToList(), at);
        foreach (var of in done.Where(d => d.Deed.Case is not null).GroupBy(d => d.Deed.Case!))
        {
            var tail = (await _checks.FactsOf(of.Key)).Skip(of.Key.Facts.Count).ToList();
            var left = of.ToList();
            while (tail.Count > 0)
            {
                var (deed, answer) = left.Find(d => Checks.Begins(tail, d.Deed.Facts));
                if (deed is null)
                {
                    throw new WrongException(
                        $"{of.Key.Id}: nobody did that: {string.Join(" | ", tail)}; tried: {string.Join(", ", of.Select(d => d.Deed.What))}",
                        of.Key.Id
                    );
                }

                if (answer.IsHeard && Answers.Refuses(answer.Text))
                {
                    throw new WrongException(
                        $"{of.Key.Id}: refused, and done all the same: {deed.What}: {answer.Text}",
                        of.Key.Id
                    );
                }

                left.RemoveAll(d => d.Deed == deed);
                tail.RemoveRange(0, deed.Facts.Count);
                of.Key.Facts.AddRange(deed.Facts);
                deed.Happened(at);
                _chronicle.Count($"done {deed.Facts[^1].Name}");
            }

            foreach (var (deed, answer) in left)
            {
                NotDone(deed, answer, isRace: of.Count() > 1);
            }
        }
    }

    public ValueTask DisposeAsync() => _town.DisposeAsync();

    private async Task Week(DateTimeOffset until)
    {
        var bag = _mishaps.Bag();
        var step = 0;
        while (_town.Now < until)
        {
            await Passes(Gap());
            step++;
            if (step % (StepsInAWeek / (bag.Count + 1)) == 0 && _mishaps.Left(bag) is { } mishap)
            {
                await mishap();
            }
            else if (dice(12) == 0)
            {
                await Do(_script.Race());
            }
            else if (_script.Next() is { } deed)
            {
                await Do([deed]);
            }
        }

        // Whatever is left of the bag comes at the end: each kind befalls each week.
        while (_mishaps.Left(bag) is { } left)
        {
            await left();
            await Passes(TimeSpan.FromMinutes(61));
        }

        int dice(int sides) => _dice.Below(sides);
    }

    /// <summary>Some things come one after the other, some after a night.</summary>
    private TimeSpan Gap()
    {
        var minutes = _dice.Below(20) switch
        {
            < 12 => 1 + _dice.Below(20),
            < 18 => 15 + _dice.Below(105),
            _ => 150 + _dice.Below(450),
        };
        // People act at whole minutes here, as the pickers of forms do.
        var now = _town.Now;
        return TimeSpan.FromMinutes(minutes)
            + TimeSpan.FromTicks(
                (TimeSpan.TicksPerMinute - (now.UtcTicks % TimeSpan.TicksPerMinute))
                    % TimeSpan.TicksPerMinute
            );
    }

    private async Task LearnRaises(List<(Deed Deed, Answer Answer)> done, DateTimeOffset at)
    {
        if (done.Count == 0)
        {
            return;
        }

        var left = done.ToList();
        var last = _cases.Count == 0 ? 0 : _cases.Max(c => c.Number);
        // A number may be lost with what was not raised after all.
        for (var number = last + 1; number <= last + 5; number++)
        {
            if (await _town.Desk.Find(number) is not { } found)
            {
                continue;
            }

            var (deed, _) = left.Find(d => d.Deed.Raises!.Summary == found.Summary);
            if (deed?.Raises is not { } raise)
            {
                throw new WrongException($"ESC-{number}: nobody raised “{found.Summary}”");
            }

            left.RemoveAll(d => d.Deed == deed);
            var made = new Case(_town.Rota, number, raise.Summary, raise.Customer, raise.Channel);
            made.Raised(deed.Who, raise.Severity, at);
            made.Extend(_town.Now);
            _cases.Add(made);
            _chronicle.Count("done Raised");
        }

        foreach (var (deed, answer) in left)
        {
            NotDone(deed, answer, isRace: false);
        }
    }

    private void NotDone(Deed deed, Answer answer, bool isRace)
    {
        var isPromised = answer.IsHeard && !deed.IsSilent && !Answers.Refuses(answer.Text);
        var isExpected = !isRace && !_town.Rota.Both.IsInTrouble && !_mishaps.IsBesides;
        if (isPromised || (isExpected && (answer.IsHeard || !deed.IsSilent)))
        {
            throw new WrongException(
                $"{(isPromised ? "Promised, and not recorded" : "Not done, with nothing in the way")}: {deed.Who} {deed.What}: {answer.Text}",
                deed.Case?.Id
            );
        }

        _chronicle.Count("not taken");
    }
}
