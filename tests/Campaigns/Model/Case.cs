namespace Campaigns.Model;

internal enum State
{
    Accepted,
    Acknowledged,
    Investigating,
    Identified,
    Monitoring,
    Resolved,
    Closed,
    Cancelled,
}

/// <summary>What somebody did to an escalation, as its trail and its thread must say it.</summary>
/// <param name="Name">What kind of fact the trail calls it.</param>
/// <param name="By">Who.</param>
/// <param name="Line">What its line in the thread says; null where the card says it, or a post of its own.</param>
/// <param name="Mark">Words that no other fact has; empty where it has none.</param>
internal sealed record Fact(string Name, string By, string? Line, string Mark = "");

/// <summary>What people do things to.</summary>
internal abstract class Subject
{
    public abstract string Id { get; }

    /// <summary>What people did to it, in order.</summary>
    public List<Fact> Facts { get; } = [];

    /// <summary>Plans all that falls due until a moment.</summary>
    public abstract void Extend(DateTimeOffset now);
}

internal enum Kind
{
    /// <summary>Nobody has acknowledged it: whoever is next is called.</summary>
    Rung,

    /// <summary>The owner is asked for a status update.</summary>
    Prompt,

    /// <summary>It is overdue, said where the escalation is worked on.</summary>
    Overdue,

    /// <summary>It is overdue, and the lead is told.</summary>
    LeadTold,

    /// <summary>The executive is part of the replies from now on.</summary>
    Executive,

    /// <summary>Whoever has a task hears of it before it is due.</summary>
    TaskSoon,

    /// <summary>It was missed, and the lead hears of it.</summary>
    TaskMissed,
}

/// <summary>Somebody must be told something at a time.</summary>
internal sealed class Reminder(Kind kind, string who, DateTimeOffset dueAt, string of = "")
{
    public Kind Kind { get; } = kind;
    public string Who { get; } = who;
    public DateTimeOffset DueAt { get; } = dueAt;

    /// <summary>The number of the task that it is about; else empty.</summary>
    public string Of { get; } = of;

    /// <summary>It may not come any more: what ended its reason came in the same trouble.</summary>
    public bool IsOptional { get; set; }

    public override string ToString() =>
        $"{Kind} to {Who} due {DueAt:O}{(IsOptional ? ", or not" : "")}";
}

/// <summary>
/// One escalation as the description of the product says that it must be: written from the rules (ESC-6 to ESC-8,
/// UPD-3, UPD-4, PB-4), not from the code.
/// </summary>
internal sealed class Case(Rota rota, long number, string summary, string customer, string channel)
    : Subject
{
    private readonly Dictionary<int, TimeSpan> _acknowledged = new()
    {
        [1] = TimeSpan.FromMinutes(15),
        [2] = TimeSpan.FromHours(1),
    };

    private DateTimeOffset? _nextRung;
    private int _rungs;
    private DateTimeOffset? _updateDue;
    private DateTimeOffset _askedFrom;
    private DateTimeOffset _overdueFrom;
    private int _steps;
    private DateTimeOffset _began;
    private DateTimeOffset _incidentFrom;
    private DateTimeOffset _openFrom;
    private bool _isExecutiveIn;
    private readonly List<(string Number, DateTimeOffset At, bool IsMissed)> _tasks = [];

    public long Number { get; } = number;
    public override string Id => $"ESC-{Number}";
    public string Summary { get; } = summary;
    public string Customer { get; } = customer;
    public string Channel { get; } = channel;
    public int Severity { get; private set; }
    public State State { get; private set; }
    public string? Owner { get; private set; }
    public bool IsIncident { get; private set; }
    public bool IsConfirmed { get; set; }

    /// <summary>How many of its tasks have got a time.</summary>
    public int Tasks { get; private set; }

    public List<Reminder> Reminders { get; } = [];

    /// <summary>When somebody last did something to it; what is over for long is not looked at again.</summary>
    public DateTimeOffset TouchedAt { get; private set; }

    public bool IsWorkedOn => State is >= State.Acknowledged and <= State.Monitoring;

    public bool IsOpen => State == State.Accepted || IsWorkedOn;

    public void Raised(string by, int severity, DateTimeOffset at)
    {
        Facts.Add(new Fact("Raised", by, null, Summary));
        (_began, _openFrom, TouchedAt) = (at, at, at);
        Becomes(severity, at);
    }

    /// <summary>
    /// Another severity counts from the change, and a worse one from the first rung; of a milder one nobody hears twice
    /// what they have heard in this round (ESC-8).
    /// </summary>
    public void Becomes(int severity, DateTimeOffset at)
    {
        Touched(at, Kind.Rung);
        var told = severity < Severity || _rungs == 0 ? 0 : ((_rungs - 1) % Rungs) + 1;
        Severity = severity;
        if (severity == 1 && !IsIncident)
        {
            (IsIncident, _incidentFrom) = (true, at);
        }

        _rungs = told >= Rungs && severity <= 2 ? 0 : told;
        _nextRung =
            severity == 1 ? at
            : _rungs < Rungs ? Wait(at)
            : null;
    }

    /// <summary>Somebody owns it; whoever stands on the first rung may be another.</summary>
    public void Belongs(string owner, DateTimeOffset at)
    {
        Touched(at);
        Owner = owner;
        if (Severity <= 2 || _updateDue is not { } due || due > at)
        {
            return;
        }

        // What waited for the old owner's morning: whose morning it waits for now is not said.
        foreach (var kind in ((Kind[])[Kind.Prompt, Kind.Overdue, Kind.LeadTold]).Skip(_steps))
        {
            Reminders.Add(
                new Reminder(
                    kind,
                    kind switch
                    {
                        Kind.Prompt => owner,
                        Kind.Overdue => "the channel",
                        _ => Rota.Lead,
                    },
                    at
                )
                {
                    IsOptional = true,
                }
            );
        }

        _steps = 3;
    }

    public void Moves(State to, string by, DateTimeOffset at)
    {
        if (to is State.Resolved or State.Closed or State.Cancelled)
        {
            Touched(at, Kind.Rung, Kind.Prompt, Kind.Overdue, Kind.LeadTold, Kind.Executive);
            (_nextRung, _updateDue) = (null, null);
            if (to != State.Cancelled)
            {
                Owner ??= by;
            }
        }
        else
        {
            Touched(at, Kind.Rung);
            _nextRung = null;
            Owner ??= by;
            _openFrom = IsOpen ? _openFrom : at;
            if (!IsWorkedOn)
            {
                // Work begins, or begins again.
                IsConfirmed = false;
                UpdateIn(at);
            }
        }

        State = to;
    }

    /// <summary>Everybody was told; the next update is due one cadence later.</summary>
    public void Updated(DateTimeOffset at)
    {
        Touched(at, Kind.Prompt, Kind.Overdue, Kind.LeadTold);
        UpdateIn(at);
    }

    /// <summary>A task of its checklist got a time by hand, within working hours (PB-3).</summary>
    public void SetsTask(string number, DateTimeOffset dueAt, DateTimeOffset at)
    {
        Touched(at);
        _tasks.Add((number, dueAt.AddHours(-1), false));
        _tasks.Add((number, dueAt, true));
        Tasks++;
    }

    /// <inheritdoc/>
    public override void Extend(DateTimeOffset now)
    {
        foreach (var task in _tasks.Where(t => t.At <= now))
        {
            Reminders.Add(
                new Reminder(
                    task.IsMissed ? Kind.TaskMissed : Kind.TaskSoon,
                    task.IsMissed ? Rota.Lead : Owner!,
                    task.At,
                    task.Number
                )
            );
        }

        _tasks.RemoveAll(t => t.At <= now);
        while (_nextRung is { } due && due <= now)
        {
            Reminders.Add(new Reminder(Kind.Rung, Rota.On(_rungs % Rungs, Owner), due));
            _rungs++;
            _nextRung = Severity <= 2 || _rungs < Rungs ? Wait(due) : null;
        }

        while (_updateDue is { } due && _steps < 3 && StepAt(due, now) is { } at && at <= now)
        {
            _askedFrom = _steps == 0 ? at : _askedFrom;
            _overdueFrom = _steps == 1 ? at : _overdueFrom;
            Reminders.Add(
                _steps switch
                {
                    0 => new Reminder(Kind.Prompt, Owner!, at),
                    1 => new Reminder(Kind.Overdue, "the channel", at),
                    _ => new Reminder(Kind.LeadTold, Rota.Lead, at),
                }
            );
            _steps++;
        }

        if (IsIncident && !_isExecutiveIn && IsOpen && ExecutiveAt <= now)
        {
            _isExecutiveIn = true;
            Reminders.Add(new Reminder(Kind.Executive, "the thread", ExecutiveAt));
        }
    }

    /// <summary>By what date a reminder must be there; null while that is not known.</summary>
    public DateTimeOffset? Deadline(Reminder reminder)
    {
        if (rota.Both.After(reminder.DueAt) is not { } whole)
        {
            return null;
        }

        if (reminder.Kind is Kind.TaskSoon or Kind.TaskMissed)
        {
            return Calendar.Free(Calendar.TeamZone, whole);
        }

        // What was missed is not made up for at night.
        return whole == reminder.DueAt || Severity <= 2 || reminder.Kind is Kind.Rung ? whole
            : reminder.Kind == Kind.LeadTold ? Calendar.Free(rota.ZoneOf(Rota.Lead), whole)
            : Owner is { } owner ? Calendar.Free(rota.ZoneOf(owner), whole)
            : whole;
    }

    private DateTimeOffset? StepAt(DateTimeOffset due, DateTimeOffset now)
    {
        var asked = _steps == 2 ? Rota.Lead : Owner!;
        var from = _steps switch
        {
            0 => due,
            1 => _askedFrom.AddMinutes(15),
            // Where it is worked on they hear of it first.
            _ => _askedFrom.AddMinutes(30) is var lead && lead > _overdueFrom ? lead : _overdueFrom,
        };
        if (Severity <= 2)
        {
            return from;
        }

        // Decided when it is up again: what would come in the night then waits for the morning.
        var at = Calendar.Free(rota.ZoneOf(asked), from);
        for (var i = 0; i < 20 && at <= now; i++)
        {
            if (rota.Sidecar.After(at) is not { } up)
            {
                return null;
            }

            if (up == at || Calendar.Free(rota.ZoneOf(asked), up) is var free && free == up)
            {
                return at;
            }

            at = free;
        }

        return at;
    }

    /// <summary>The executive is called of a Sev 1 only.</summary>
    private int Rungs => Severity == 1 ? 4 : 3;

    private DateTimeOffset ExecutiveAt =>
        new[] { _began.AddHours(1), _incidentFrom, _openFrom }.Max();

    private DateTimeOffset Wait(DateTimeOffset from) =>
        Severity switch
        {
            3 => Calendar.AddWorkingDays(from, 1),
            4 => Calendar.AddWorkingDays(from, 3),
            _ => from + _acknowledged[Severity],
        };

    private void UpdateIn(DateTimeOffset at)
    {
        (_steps, _overdueFrom) = (0, at);
        _updateDue = Severity switch
        {
            1 => at.AddHours(1),
            2 => at.AddHours(4),
            3 => Calendar.AddWorkingDays(at, 1),
            _ => at.AddDays(7),
        };
    }

    /// <summary>Something was done: what was due before is due, unless both happened in one trouble.</summary>
    private void Touched(DateTimeOffset at, params Kind[] ends)
    {
        Extend(at);
        TouchedAt = at;
        foreach (var reminder in Reminders.Where(r => ends.Contains(r.Kind)))
        {
            reminder.IsOptional |=
                rota.Both.AreTogether(reminder.DueAt, at)
                || rota.Sidecar.AreTogether(reminder.DueAt, at);
        }
    }
}

/// <summary>Who stands where, and what was in trouble when.</summary>
internal sealed class Rota(IReadOnlyDictionary<string, string> zones)
{
    public const string Duty = "engineer";
    public const string BackUp = "backup";
    public const string Lead = "lead";
    public const string Executive = "executive";

    /// <summary>Mattermost or the sidecar, or what was left over when they were back.</summary>
    public Health Both { get; } = new();

    /// <summary>The sidecar alone: while it works and Mattermost is away, it still decides in time.</summary>
    public Health Sidecar { get; } = new();

    public string ZoneOf(string who) => zones[who];

    public static string On(int rung, string? owner) =>
        rung switch
        {
            0 => owner ?? Duty,
            1 => BackUp,
            2 => Lead,
            _ => Executive,
        };
}
