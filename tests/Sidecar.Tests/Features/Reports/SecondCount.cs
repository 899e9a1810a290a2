using System.Globalization;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Measures;
using Sidecar.Tests.Harness;

namespace Sidecar.Tests.Features.Reports;

/// <summary>
/// The figures of a random team, counted a second time: from the rules (MET-1 to MET-6, UPD-3, ASG-9), over what happened,
/// as plainly as can be. It uses nothing of the product.
/// </summary>
/// <param name="team">What happened.</param>
/// <param name="first">The first day.</param>
/// <param name="last">The last day.</param>
/// <param name="workingMinutes">An update is on time so many minutes after it was due.</param>
/// <param name="countsWorkingTime">They are minutes of working time.</param>
internal sealed class SecondCount(
    RandomTeam team,
    DateOnly first,
    DateOnly last,
    int workingMinutes,
    bool countsWorkingTime
)
{
    private readonly DateTimeOffset _begins = Midnight(first);
    private readonly DateTimeOffset _ends = Midnight(last.AddDays(1));

    /// <summary>A number for each figure, row and column.</summary>
    public Dictionary<string, Dictionary<(string Row, string Column), decimal?>> Figures { get; } =
        new(StringComparer.Ordinal);

    public SecondCount Counted(string group)
    {
        Open();
        Grouped(group);
        Updates();
        Workload();
        Seats();
        Adoption();
        CheckIns();
        Backlog();
        LeadTimes();
        return this;
    }

    private static DateTimeOffset Midnight(DateOnly day) => new(day, default, TimeSpan.Zero);

    private static string Day(DateOnly day) =>
        day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private bool IsIn(DateTimeOffset at) => at >= _begins && at < _ends;

    private void Set(string figure, string row, string column, decimal? value)
    {
        if (!Figures.TryGetValue(figure, out var numbers))
        {
            numbers = Figures[figure] = [];
        }

        numbers[(row, column)] = value;
    }

    /// <summary>Daily up to two weeks, then each seventh day up to the last, in a longer time the ends of months.</summary>
    private List<DateOnly> Points()
    {
        var points = new List<DateOnly>();
        var length = last.DayNumber - first.DayNumber + 1;
        for (var day = last; day >= first; day = day.AddDays(-1))
        {
            var back = last.DayNumber - day.DayNumber;
            if (
                length <= 14
                || (length <= 125 && back % 7 == 0)
                || (length > 125 && (back == 0 || day.AddDays(1).Day == 1))
            )
            {
                points.Insert(0, day);
            }
        }

        return points;
    }

    // ------------------------------------------------------------------ escalations

    private static bool IsOpen(IEnumerable<Happened> course) =>
        course.LastOrDefault(h => h.What is "raised" or "resolved" or "closed" or "reopened")
            is { What: "raised" or "reopened" };

    private static string? Owner(IEnumerable<Happened> course) =>
        course.LastOrDefault(h => h.What is "acknowledged" or "assigned")?.Who;

    private static List<Happened> Before(IEnumerable<Happened> course, DateTimeOffset end) =>
        [.. course.Where(h => h.At < end)];

    private static List<Happened> UpTo(IEnumerable<Happened> course, Happened what) =>
        [.. course.TakeWhile(h => h != what), what];

    private void Open()
    {
        foreach (var day in Points())
        {
            var all = 0;
            for (var severity = 1; severity <= 4; severity++)
            {
                var count = team.Troubles.Count(t =>
                    Before(t.Course, Midnight(day.AddDays(1))) is { Count: > 0 } then
                    && IsOpen(then)
                    && then[^1].Severity == severity
                );
                all += count;
                Set("open-by-severity", Day(day), $"Sev {severity}", count);
            }

            Set("open-by-severity", Day(day), "All", all);
        }
    }

    private Happened? Resolution(Trouble trouble) =>
        Before(trouble.Course, _ends).LastOrDefault(h => h.What is "resolved" or "reopened")
            is { What: "resolved" } resolved
        && IsIn(resolved.At)
            ? resolved
            : null;

    private IEnumerable<Happened> Acknowledged(Trouble trouble) =>
        trouble.Course.Where(h => h.What == "acknowledged").Take(1).Where(h => IsIn(h.At));

    private bool IsLate(Happened update)
    {
        if (update.Due is not { } due)
        {
            return false;
        }

        if (!countsWorkingTime)
        {
            return (update.At - due).TotalMinutes > workingMinutes;
        }

        var passed = 0;
        for (var at = due; at < update.At; at = at.AddMinutes(1))
        {
            var isWork =
                at.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday)
                && at.Hour is >= 9 and < 17;
            passed += isWork ? 1 : 0;
        }

        return passed > workingMinutes;
    }

    private void Grouped(string group)
    {
        var figure = $"escalations-by-{group}";
        Figures[figure] = [];
        string[] keys = group switch
        {
            "severity" => ["1", "2", "3", "4"],
            "customer" => [.. team.Troubles.Select(t => t.Customer).Distinct()],
            _ => [.. People],
        };
        foreach (var key in keys)
        {
            bool Is(Trouble trouble, Happened at, string? whose = null) =>
                group switch
                {
                    "severity" => at.Severity == int.Parse(key, CultureInfo.InvariantCulture),
                    "customer" => trouble.Customer == key,
                    _ => (whose ?? Owner(UpTo(trouble.Course, at))) == key,
                };
            var raised = team.Troubles.Count(t => IsIn(t.Course[0].At) && Is(t, t.Course[0]));
            var open = team.Troubles.Count(t =>
                Before(t.Course, _ends) is { Count: > 0 } then && IsOpen(then) && Is(t, then[^1])
            );
            var acknowledged = team.Troubles.Sum(t => Acknowledged(t).Count(h => Is(t, h)));
            var resolved = team.Troubles.Count(t => Resolution(t) is { } h && Is(t, h));
            var updates = team
                .Troubles.SelectMany(t =>
                    t.Course.Where(h => h.What == "update" && IsIn(h.At) && Is(t, h, h.Who))
                )
                .ToList();
            if (
                group != "severity"
                && (group == "engineer" ? 0 : raised)
                    + open
                    + acknowledged
                    + resolved
                    + updates.Count
                    == 0
            )
            {
                continue;
            }

            var row = group switch
            {
                "severity" => $"Sev {key}",
                "customer" => key,
                _ => "@" + key,
            };
            if (group != "engineer")
            {
                Set(figure, row, "Raised", raised);
            }

            Set(figure, row, "Open", open);
            Set(figure, row, "Acknowledged", acknowledged);
            Set(figure, row, "Resolved", resolved);
            Set(
                figure,
                row,
                "Updates on time",
                updates.Count == 0 ? null : updates.Count(u => !IsLate(u)) * 100m / updates.Count
            );
        }
    }

    private void Updates()
    {
        var sent = team
            .Troubles.SelectMany(t => t.Course)
            .Where(h => h.What == "update" && IsIn(h.At))
            .ToList();
        for (var severity = 1; severity <= 5; severity++)
        {
            var some = severity == 5 ? sent : sent.FindAll(h => h.Severity == severity);
            var row = severity == 5 ? "All" : $"Sev {severity}";
            var onTime = some.Count(h => !IsLate(h));
            Set("updates-on-time", row, "Sent", some.Count);
            Set("updates-on-time", row, "On time", onTime);
            Set(
                "updates-on-time",
                row,
                "Share",
                some.Count == 0 ? null : onTime * 100m / some.Count
            );
        }
    }

    // ------------------------------------------------------------------ people

    private static readonly string[] People = ["engineer", "second", "third", "ce"];

    private IEnumerable<Happened> Weeks() =>
        team.Pairings.SelectMany(p =>
            Before(p.CheckIns, _ends)
                .Where(h => h.Day >= first && h.Day <= last)
                .GroupBy(h => h.Day)
                // However often it went to and fro: a week is held, skipped or missed once.
                .Select(week => week.Last())
        );

    private void CheckIns()
    {
        var weeks = Weeks().ToList();
        foreach (var who in People.Where(p => weeks.Exists(w => w.Who == p)).Append("All"))
        {
            var some = who == "All" ? weeks : weeks.FindAll(w => w.Who == who);
            var row = who == "All" ? who : "@" + who;
            Set("check-ins", row, "Held", some.Count(w => w.What == "held"));
            Set("check-ins", row, "Skipped", some.Count(w => w.What == "skipped"));
            Set("check-ins", row, "Missed", some.Count(w => w.What == "missed"));
        }
    }

    private void Workload()
    {
        Figures["workload-by-engineer"] = [];
        var weeks = Weeks().ToList();
        foreach (var who in People)
        {
            var open = team.Troubles.Count(t =>
                Before(t.Course, _ends) is var then && IsOpen(then) && Owner(then) == who
            );
            var resolved = team.Troubles.Count(t =>
                Resolution(t) is { } h && Owner(UpTo(t.Course, h)) == who
            );
            var held = weeks.Count(w => w.Who == who && w.What == "held");
            var assigned = team.Pairings.Count(p =>
                Before(p.Turns, _ends).LastOrDefault() is { What: "assigned" } turn
                && turn.Who == who
            );
            var leads = team.Rollouts.Count(r =>
                Before(r.Course, _ends) is var then
                && !IsOver(then)
                && then.Exists(h => h.What == "started")
                && then.Last(h => h.What is "qualified" or "named" or "started").Who == who
            );
            var hadAnything =
                open + resolved + assigned + leads > 0
                || weeks.Exists(w => w.Who == who)
                || team.Troubles.Exists(t =>
                    Acknowledged(t).Any(h => h.Who == who)
                    || t.Course.Exists(h => h.What == "update" && IsIn(h.At) && h.Who == who)
                );
            if (!hadAnything)
            {
                continue;
            }

            Set("workload-by-engineer", "@" + who, "Open escalations", open);
            Set("workload-by-engineer", "@" + who, "Resolved", resolved);
            Set("workload-by-engineer", "@" + who, "Check-ins held", held);
            Set("workload-by-engineer", "@" + who, "Assigned customers", assigned);
            Set("workload-by-engineer", "@" + who, "Implementations led", leads);
        }
    }

    // ------------------------------------------------------------------ customers

    private sealed record Standing(decimal? Arr, DateOnly? Production, bool IsArchived);

    private static Standing? Was(Account account, DateTimeOffset end)
    {
        var then = Before(account.Course, end);
        return then.Count == 0
            ? null
            : new Standing(
                then.Last(h => h.What == "arr").Number,
                then.Last(h => h.What == "production").Day,
                then.LastOrDefault(h => h.What is "archived" or "back") is { What: "archived" }
            );
    }

    private static long? Latest(Account account, DateOnly day, Func<Counting, long?> of) =>
        account.Counted.Where(c => c.On <= day && of(c) is not null).Select(of).LastOrDefault();

    /// <summary>A share in percent; nothing of nothing is unknown.</summary>
    private static decimal? Share(long? part, long? whole) =>
        part is null || whole is null or 0 ? null : part.Value * 100m / whole.Value;

    private void Seats()
    {
        foreach (var day in Points())
        {
            var counted = team
                .Accounts.Where(a =>
                    Was(a, Midnight(day.AddDays(1))) is { IsArchived: false, Arr: > 50_000 }
                )
                .Select(a =>
                    Share(Latest(a, day, c => c.Deployed), Latest(a, day, c => c.Purchased))
                )
                .ToList();
            var met = counted.Count(s => s >= 80);
            Set(
                "customer-seats-deployed",
                Day(day),
                "Share",
                counted.Count == 0 ? null : met * 100m / counted.Count
            );
            Set("customer-seats-deployed", Day(day), "Deployed", met);
            Set("customer-seats-deployed", Day(day), "Not yet", counted.Count(s => s < 80));
            Set("customer-seats-deployed", Day(day), "Unknown", counted.Count(s => s is null));
        }
    }

    private void Adoption()
    {
        var (adoption, usage) = (new List<bool?>(), new List<bool?>());
        Figures["adoption-by-customer"] = [];
        foreach (var account in team.Accounts)
        {
            if (Was(account, _ends) is not { IsArchived: false } now)
            {
                continue;
            }

            var mau = Latest(account, last, c => c.Mau);
            var used = Share(Latest(account, last, c => c.Dau), mau);
            var adopted = Share(mau, Latest(account, last, c => c.Purchased));
            var day = last.DayNumber - now.Production?.DayNumber;
            decimal? target = day switch
            {
                null or < 0 => null,
                <= 90 => 25,
                <= 180 => 50,
                _ => 75,
            };
            usage.Add(used is null ? null : used > 30);
            adoption.Add(adopted is null || target is null ? null : adopted >= target);
            if (adopted is not null && target is not null)
            {
                Set("adoption-by-customer", account.Name, "Adoption", adopted);
                Set("adoption-by-customer", account.Name, "Target", target);
                Set("adoption-by-customer", account.Name, "Day", day);
                Set("adoption-by-customer", account.Name, "Usage", used);
            }
        }

        foreach (var (row, all) in new[] { ("Adoption", adoption), ("Usage", usage) })
        {
            Set("adoption-and-usage", row, "Meet it", all.Count(v => v == true));
            Set("adoption-and-usage", row, "Miss it", all.Count(v => v == false));
            Set("adoption-and-usage", row, "Unknown", all.Count(v => v is null));
        }
    }

    // ------------------------------------------------------------------ implementations

    private static bool IsOver(List<Happened> then) =>
        then.LastOrDefault(h =>
            h.What is "qualified" or "asked" or "disqualified" or "completed" or "withdrawn"
        )
            is { What: "disqualified" or "completed" or "withdrawn" };

    private void Backlog()
    {
        foreach (var day in Points())
        {
            var there = team
                .Rollouts.Select(r => Before(r.Course, Midnight(day.AddDays(1))))
                .Where(then => then.Count > 0 && !IsOver(then))
                .ToList();
            var underWay = there.Count(then => then.Exists(h => h.What == "started"));
            Set("implementation-backlog", Day(day), "Not started", there.Count - underWay);
            Set("implementation-backlog", Day(day), "Under way", underWay);
        }
    }

    private void LeadTimes()
    {
        var (toStart, toEnd, whole) = (new List<double>(), new List<double>(), new List<double>());
        foreach (var course in team.Rollouts.Select(r => r.Course))
        {
            var (requested, started, completed) = (
                course[0].At,
                course.Find(h => h.What == "started"),
                course.Find(h => h.What == "completed")
            );
            if (started is not null && IsIn(started.At))
            {
                toStart.Add((started.At - requested).TotalDays);
            }

            // The day of completion counts as a whole.
            if (completed?.Day is { } day && day >= first && day <= last)
            {
                toEnd.Add((Midnight(day.AddDays(1)) - started!.At).TotalDays);
                whole.Add((Midnight(day.AddDays(1)) - requested).TotalDays);
            }
        }

        Lengths("Request to start", toStart);
        Lengths("Start to completion", toEnd);
        Lengths("Request to completion", whole);
    }

    private void Lengths(string row, List<double> days)
    {
        const string Figure = "implementation-lead-times";
        days.Sort();
        var count = days.Count;
        Set(Figure, row, "Of", count);
        Set(Figure, row, "Mean", count == 0 ? null : (decimal)days.Average());
        Set(
            Figure,
            row,
            "Median",
            count == 0 ? null : (decimal)((days[(count - 1) / 2] + days[count / 2]) / 2)
        );
        Set(
            Figure,
            row,
            "9 in 10 within",
            count == 0 ? null : (decimal)days.Find(d => days.Count(e => e <= d) >= 0.9 * count)
        );
    }
}
