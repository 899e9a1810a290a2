using Sidecar.Features.Escalations.Updates;

namespace Sidecar.Tests.Features.Escalations.Week;

using static WeekActs;

/// <summary>
/// What happens in the week of a Sev 1, from the first message to the last task: the week before Easter, so that
/// two holidays and a weekend lie between the resolution and what is due after it.
/// </summary>
internal static class SevOneWeek
{
    public const string Settings = """
        {
          "team": {
            "timeZone": "Europe/Berlin",
            "holidays": [
              { "date": "2026-04-03", "name": "Good Friday" },
              { "date": "2026-04-06", "name": "Easter Monday" }
            ]
          }
        }
        """;

    /// <summary>Where the customer is talked about, before there is an incident.</summary>
    public const string Home = "acme-account";

    /// <summary>Where everybody reads status updates of Sev 1.</summary>
    public const string Broadcast = "outages";

    public const string Channel = "sev1-acme-20260330";

    public static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById(
        "Europe/Berlin"
    );

    public static IReadOnlyList<WeekStep> Steps { get; } =
    [.. Outbreak(), .. Silence(), .. Mending(), .. Afterwards()];

    /// <summary>A moment in the team's zone.</summary>
    public static DateTimeOffset Moment(DateTime local) => new(local, Berlin.GetUtcOffset(local));

    private static DateTime Mon(int hour, int minute = 0) => new(2026, 3, 30, hour, minute, 0);

    private static DateTime Tue(int hour, int minute = 0) => new(2026, 3, 31, hour, minute, 0);

    private static DateTime Wed(int hour, int minute = 0) => new(2026, 4, 1, hour, minute, 0);

    private static DateTime Thu(int hour, int minute = 0) => new(2026, 4, 2, hour, minute, 0);

    private static DateTime NextTue(int hour, int minute = 0) => new(2026, 4, 7, hour, minute, 0);

    private static IEnumerable<WeekStep> Outbreak() =>
        [
            Mon(9)
                .Types(
                    "tam",
                    Home,
                    "/escalate new acme sev1 Nobody can log in since the upgrade last night"
                ) with
            {
                IsNotRepeated = true,
            },
            Mon(9, 4)
                .Reacts(
                    "engineer",
                    "the card in the incident channel",
                    In(Channel, "Acknowledge"),
                    "eyes"
                ),
            Mon(9, 6).Types("engineer", Channel, "/escalate task ESC-1 1.3 done"),
            Mon(9, 10).Types("engineer", Channel, "/escalate update ESC-1"),
            Mon(9, 13)
                .Submits(
                    "engineer",
                    (
                        "summary",
                        "All logins fail with a database error. We look into it with their DBA."
                    ),
                    ("customer_impact", "2,000 people can't work."),
                    ("began", "2026-03-30T06:30:00Z")
                ),
            Mon(9, 20)
                .Types(
                    "engineer",
                    Channel,
                    "/escalate task ESC-1 2.4 skip Their database keeps no slow query log"
                ),
            Mon(9, 24).Types("lead", Channel, "/escalate task ESC-1 2.3 assign @backup"),
            Mon(9, 26).Types("backup", Channel, "/escalate task ESC-1 2.3 due tomorrow 8am"),
            Mon(9, 30).Nothing("An hour has passed since it began"),
            Mon(9, 40).Types("executive", Channel, "/escalate show ESC-1"),
            Mon(10, 13).Nothing("The hourly update is due"),
            Mon(10, 15)
                .Presses(
                    "engineer",
                    "the prompt",
                    MessageTo("engineer", "Snooze 15 min"),
                    "Snooze 15 min"
                ),
            Mon(10, 30).Nothing("The snooze is over"),
            Mon(10, 32)
                .Presses(
                    "engineer",
                    "the prompt",
                    MessageTo("engineer", "Post update"),
                    "Post update"
                ),
            Mon(10, 35)
                .Submits(
                    "engineer",
                    ("summary", "The upgrade left an index out. We rebuild it on a copy first."),
                    ("notes", "Sequential scan on `users`: 40 s for each login.")
                ),
        ];

    private static IEnumerable<WeekStep> Silence() =>
        [
            Mon(11, 35).Nothing("The next update is due, and nobody writes it"),
            Mon(11, 50).Nothing("It is 15 minutes overdue"),
            Mon(12, 5).Nothing("It is 30 minutes overdue"),
            Mon(12, 8)
                .Presses("engineer", "the prompt", MessageTo("engineer", "Hand over"), "Hand over"),
            Mon(12, 9).Submits("engineer"),
            Mon(12, 12)
                .Presses("backup", "the prompt", MessageTo("backup", "Post update"), "Post update"),
            Mon(12, 15)
                .Submits(
                    "backup",
                    ("status", "identified"),
                    (
                        "summary",
                        "The migration skips one index on large tables. A fix is in review."
                    )
                ),
            Mon(12, 20).Types("lead", Channel, "/escalate updates ESC-1"),
        ];

    private static IEnumerable<WeekStep> Mending() =>
        [
            Mon(12, 30)
                .Types(
                    "backup",
                    Channel,
                    "/escalate link ESC-1 pr https://git.example/server/pull/4711"
                ),
            Mon(12, 40)
                .Presses(
                    "backup",
                    "the checklist",
                    In(Channel, "Check off…"),
                    "Check off…",
                    "2.1"
                ) with
            {
                // It is not in the menu any more.
                IsNotRepeated = true,
            },
            Mon(12, 45)
                .Presses(
                    "engineer",
                    "the checklist",
                    In(Channel, "Change a task…"),
                    "Change a task…",
                    "4.2"
                ),
            Mon(12, 46).Submits("engineer", ("state", "Done")),
            Mon(13)
                .Presses(
                    "backup",
                    "the card in the incident channel",
                    In(Channel, "Post update"),
                    "Post update"
                ),
            Mon(13, 5)
                .Submits(
                    "backup",
                    ("status", "monitoring"),
                    ("summary", "The index is back in production and logins take 80 ms."),
                    ("next", "2026-03-31T04:30:00Z")
                ),
            Mon(13, 10).Types("tam", Channel, "/escalate tasks ESC-1"),
            Tue(3).Nothing("The night"),
            Tue(4, 30).Nothing("08:00 in Kolkata: the support bundle is due"),
            Tue(6).Types("backup", Channel, "/escalate task ESC-1 2.3 done"),
            Tue(6, 30).Nothing("10:00 in Kolkata: the update is due"),
            Tue(6, 35)
                .Types(
                    "backup",
                    Channel,
                    "/escalate update ESC-1 No failed login during the night"
                ),
            Tue(6, 36).Submits("backup", ("next_none", true)),
            Tue(13, 5).Nothing("24 hours have passed since the fix was made"),
            Tue(13, 10)
                .Presses("backup", "the question", MessageTo("backup", "It held"), "It held"),
            Tue(14)
                .Presses(
                    "backup",
                    "the card in the incident channel",
                    In(Channel, "Post update"),
                    "Post update"
                ),
            Tue(14, 2)
                .Submits(
                    "backup",
                    ("status", "resolved"),
                    (
                        "summary",
                        "The index was missing after the upgrade; it is there again since Monday, and logins are as fast as before."
                    )
                ),
        ];

    private static IEnumerable<WeekStep> Afterwards() =>
        [
            Tue(14, 10).Types("tam", Channel, "/escalate close ESC-1"),
            Tue(15)
                .Types(
                    "tam",
                    Channel,
                    "/escalate confirm ESC-1 Their head of IT, in the call at 15:00"
                ),
            Wed(9).Nothing("The next morning"),
            Wed(10, 2).Nothing("Four working hours before the retrospective is due"),
            Wed(11).Types("backup", Channel, "/escalate retrospective ESC-1"),
            Wed(11, 30)
                .Submits(
                    "backup",
                    (
                        "improvements",
                        "Compare the indexes after each upgrade, before people are let in."
                    ),
                    ("changes", "Engineering adds that to the upgrade by May.")
                ),
            Wed(11, 40).Types("backup", Channel, "/escalate summary ESC-1") with
            {
                // Whoever asks again gets another one.
                IsNotRepeated = true,
            },
            Thu(10, 2).Nothing("Four working hours before the summary is due"),
            Thu(14, 2).Nothing("The summary was not drafted in time"),
            Thu(15).Types("backup", Channel, "/escalate task ESC-1 8.2 done"),
            new DateTime(2026, 4, 6, 12, 0, 0).Nothing("Good Friday, the weekend, Easter Monday"),
            NextTue(10, 2).Nothing("Four working hours before it has to be sent"),
            NextTue(11).Presses("backup", "the reminder", MessageTo("backup", "Done"), "Done"),
            NextTue(11, 30).Types("tam", Channel, "/escalate task ESC-1 8.4 done"),
            NextTue(11, 35).Types("tam", Channel, "/escalate close ESC-1"),
            NextTue(11, 40).Types("lead", Channel, "/escalate timeline ESC-1"),
            new DateTime(2026, 4, 14, 12, 0, 0).Nothing("A week later"),
        ];
}
