using System.Collections.Immutable;
using System.Globalization;
using Shouldly;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.Tests.Harness;
using Sidecar.Time;
using Sidecar.Time.Calendars;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents.Tasks;

using static Given;
using static GivenIncident;

/// <summary>When tasks are due after the resolution, and when people are reminded of them (PB-7).</summary>
public sealed class DeadlineTests
{
    private static readonly TeamTimeSettings Team = new()
    {
        Holidays = [new Holiday(new DateOnly(2026, 3, 9), "Founders' day")],
    };
    private static readonly LadderPeople People = new(new UserId("duty"), null, [Lead.User], []);

    internal static TaskDeadlines Deadlines(string before = "4 working hours") =>
        new(
            new PlaybookSettings { RemindBefore = WaitLength.Read(before)! },
            new WorkingTime(Team)
        );

    [Theory]
    [InlineData("03-02 10:00", "03-03 10:00", "03-04 10:00", "03-05 10:00")] // a Monday
    [InlineData("03-05 16:59", "03-06 16:59", "03-10 16:59", "03-11 16:59")] // over weekend and holiday
    [InlineData("03-06 17:00", "03-11 09:00", "03-12 09:00", "03-13 09:00")] // after work on a Friday
    [InlineData("03-07 03:00", "03-11 09:00", "03-12 09:00", "03-13 09:00")] // at night on a Saturday
    [InlineData("03-06 09:00", "03-10 09:00", "03-11 09:00", "03-12 09:00")] // as work begins
    public void PB_7_The_three_are_due_after_business_days(
        string resolved,
        string retrospective,
        string analysis,
        string sent
    )
    {
        var incident = Fresh.WithDeadlines(At(resolved), new WorkingTime(Team));
        incident
            .Stages[7]
            .Tasks.Select(t => t.DueAt)
            .ShouldBe([At(retrospective), At(analysis), At(sent), null]);
        incident.Tasks.Count(t => t.DueAt is not null).ShouldBe(3);
    }

    [Fact]
    public void PB_7_Reopened_the_times_are_cleared_but_not_of_what_is_done_or_was_set_by_hand()
    {
        var calendar = new WorkingTime(Team);
        var resolved = Running with { Incident = Fresh.WithDeadlines(Now, calendar) };
        var done = Next(resolved.MarkTask(Number("8.1"), TaskState.Done, "", Lead, Now));
        var byHand = Next(done.SetTaskDue(Number("8.3"), Now.AddDays(30), Deadlines(), Lead, Now));
        var reopened = byHand.Incident!.WithDeadlines(null, calendar);
        reopened
            .Stages[7]
            .Tasks.Select(t => t.DueAt)
            .ShouldBe([At("03-03 10:00"), null, Now.AddDays(30), null]);
        reopened
            .WithDeadlines(At("03-10 10:00"), calendar)
            .Stages[7]
            .Tasks.Select(t => t.DueAt)
            .ShouldBe([At("03-11 10:00"), At("03-12 10:00"), Now.AddDays(30), null]);
    }

    [Fact]
    public void PB_7_The_same_resolution_again_begins_no_reminder_anew()
    {
        var calendar = new WorkingTime(Team);
        var told = Next(
            (Running with { Incident = Fresh.WithDeadlines(Now, calendar) }).RemindAboutTasks(
                Deadlines(),
                People,
                At("03-02 14:00")
            )
        );
        told.Task("8.1").Reminded.ShouldBe(1);
        told.Incident!.WithDeadlines(Now, calendar).ShouldBe(told.Incident);
    }

    [Theory]
    // Resolved, settings, reminded of the retrospective, told that it was missed.
    [InlineData("03-02 10:00", "4 working hours", "03-02 14:00", "03-03 10:00")]
    [InlineData("03-02 15:00", "4 working hours", "03-03 11:00", "03-03 15:00")]
    [InlineData("03-05 10:00", "4 working hours", "03-05 14:00", "03-06 10:00")]
    [InlineData("03-06 10:00", "4 working hours", "03-06 14:00", "03-10 10:00")]
    [InlineData("03-07 03:00", "4 working hours", "03-10 13:00", "03-11 09:00")]
    [InlineData("03-02 10:00", "2h", "03-03 09:00", "03-03 10:00")] // 08:00 is before work
    [InlineData("03-02 09:00", "2h", "03-02 16:00", "03-03 09:00")] // and so is all of it
    [InlineData("03-02 14:00", "2h", "03-03 12:00", "03-03 14:00")]
    [InlineData("03-02 10:00", "5 working days", "03-02 10:00", "03-03 10:00")] // at once
    [InlineData("03-07 03:00", "5 working days", "03-10 09:00", "03-11 09:00")] // at once, but not at night
    public void PB_7_WEEK_3_Reminders_come_before_it_is_due_and_in_working_time(
        string resolved,
        string before,
        string reminded,
        string missed
    )
    {
        var deadlines = Deadlines(before);
        var task = Fresh.WithDeadlines(At(resolved), new WorkingTime(Team)).Stages[7].Tasks[0];
        deadlines.NextAt(task).ShouldBe(At(reminded));
        deadlines.NextAt(task with { Reminded = 1 }).ShouldBe(At(missed));
        deadlines.NextAt(task with { Reminded = 2 }).ShouldBeNull();
        deadlines.NextAt(task with { State = TaskState.Done }).ShouldBeNull();
        deadlines.ReachedBy(task, At(reminded).AddTicks(-1)).ShouldBe(0);
        deadlines.ReachedBy(task, At(reminded)).ShouldBe(1);
        deadlines.ReachedBy(task, At(missed).AddTicks(-1)).ShouldBe(1);
        deadlines.ReachedBy(task, At(missed)).ShouldBe(2);
    }

    [Fact]
    public void PB_7_WEEK_3_A_time_that_somebody_set_at_night_is_kept_at_night()
    {
        var deadlines = Deadlines("2h");
        var saturday = Next(
            Running.SetTaskDue(Number("2.3"), At("03-07 22:00"), deadlines, Lead, Now)
        );
        deadlines.NextAt(saturday.Task("2.3")).ShouldBe(At("03-07 20:00"));
        deadlines.NextAt(saturday.Task("2.3") with { Reminded = 1 }).ShouldBe(At("03-07 22:00"));
    }

    [Fact]
    public void PB_7_Whoever_sets_a_close_time_for_themselves_is_not_reminded_on_the_spot()
    {
        var (deadlines, due) = (Deadlines(), Now.AddHours(1));
        Next(Running.SetTaskDue(Number("2.3"), due, deadlines, Engineer, Now))
            .Task("2.3")
            .Reminded.ShouldBe(Running.Owner == Engineer.User ? 1 : 0);
        var others = Next(Running.SetTaskDue(Number("2.3"), due, deadlines, Lead, Now));
        others.Task("2.3").Reminded.ShouldBe(0);
        deadlines.NextAt(others.Task("2.3")).ShouldBe(Now);
    }

    [Fact]
    public async Task PB_7_Whoever_is_given_a_task_with_a_close_time_reads_it_there_and_is_reminded_of_it_no_more()
    {
        await using var desk = await Desk.Open();
        await desk.Raised();
        await desk.Follows();
        await desk.Types("lead", "/escalate task ESC-1 2.3");
        await desk.Submits(
            "lead",
            ("assignee", desk.IdOf("engineer").Value),
            ("due", "2026-03-02 10:30")
        );
        await desk.Passes(TimeSpan.FromMinutes(30));
        desk.ToldTo("engineer")
            .Where(t => t.Contains("2.3", StringComparison.Ordinal))
            .ShouldHaveSingleItem()
            .ShouldContain("It is due **");
    }

    [Fact]
    public void PB_7_The_assignee_is_reminded_else_the_owner_else_who_is_on_duty_else_the_leads()
    {
        var due = Running with { Incident = Fresh.WithDeadlines(Now, new WorkingTime(Team)) };
        var at = At("03-02 14:00");
        To(due with { Owner = Other.User }, People).ShouldBe(["other"]);
        To(due with { Owner = null }, People).ShouldBe(["duty"]);
        To(due with { Owner = null }, People with { OnDuty = null }).ShouldBe(["lead"]);
        To(Next(due.AssignTask(Number("8.1"), Tam.User, Lead, Now)), People).ShouldBe(["tam"]);

        IEnumerable<string> To(Escalation escalation, LadderPeople people) =>
            Reminders(Done(escalation.RemindAboutTasks(Deadlines(), people, at)).Facts)
                .Select(r => r.To.Value);
    }

    [Fact]
    public void PB_7_ALL_5_Late_ones_are_folded_into_one_message_for_each_person()
    {
        var late = Running with
        {
            Owner = Other.User,
            Incident = Fresh.WithDeadlines(Now, new WorkingTime(Team)),
        };
        var now = At("03-04 11:00");
        var told = Done(late.RemindAboutTasks(Deadlines(), People, now));
        var reminders = Reminders(told.Facts);
        reminders.Select(r => r.To.Value).ShouldBe(["other", "lead"]);
        reminders[0]
            .Tasks.Select(t => (t.Number, t.IsMissed))
            .ShouldBe([("8.1", true), ("8.2", true)]);
        reminders[1].Tasks.Select(t => t.Number).ShouldBe(["8.1", "8.2"]);
        told.Next.RemindAboutTasks(Deadlines(), People, now)
            .ShouldBeOfType<Sidecar.Text.Decision<Escalation, EscalationFact>.Refused>();
    }

    [Fact]
    public void PB_7_WEEK_3_What_comes_late_at_night_waits_for_the_morning()
    {
        var late = Running with { Incident = Fresh.WithDeadlines(Now, new WorkingTime(Team)) };
        var night = Done(late.RemindAboutTasks(Deadlines(), People, At("03-07 02:00")));
        night.Facts.ShouldBeEmpty();
        night.Next.Incident!.NextTaskReminderAt(Deadlines()).ShouldBe(At("03-10 09:00"));
        var morning = Done(night.Next.RemindAboutTasks(Deadlines(), People, At("03-10 09:00")));
        Reminders(morning.Facts).Length.ShouldBe(2);
        morning.Next.Incident!.NextTaskReminderAt(Deadlines()).ShouldBeNull();
    }

    private static ImmutableArray<TaskReminder> Reminders(IReadOnlyList<EscalationFact> facts) =>
        facts.ShouldHaveSingleItem().ShouldBeOfType<EscalationFact.TasksReminded>().Reminders;

    private static DateTimeOffset At(string time) =>
        DateTimeOffset.ParseExact(
            "2026-" + time,
            "yyyy-MM-dd HH:mm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );
}
