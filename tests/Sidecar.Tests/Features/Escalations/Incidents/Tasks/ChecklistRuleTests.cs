using Shouldly;
using Sidecar.Features;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Sidecar.People;
using Xunit;

namespace Sidecar.Tests.Features.Escalations.Incidents.Tasks;

using static Given;
using static GivenIncident;

/// <summary>What can be done with tasks (PB-3).</summary>
public sealed class ChecklistRuleTests
{
    private static readonly DateTimeOffset Later = Now.AddMinutes(5);

    [Fact]
    public void PB_3_Who_checked_skipped_and_opened_a_task_and_when_is_recorded()
    {
        var done = Done(Running.MarkTask(Number("2.3"), TaskState.Done, "", Engineer, Later));
        var task = done.Next.Task("2.3");
        (task.State, task.By, task.At).ShouldBe((TaskState.Done, Engineer.User, Later));
        Text(done.Facts.ShouldHaveSingleItem().Sentence)
            .ShouldBe("@engineer checked off 2.3 *Get the support bundle output*.");
        done.Next.LastActedAt.ShouldBe(Later);

        var open = Next(done.Next.MarkTask(Number("2.3"), TaskState.Open, "", Other, Later));
        (open.Task("2.3").State, open.Task("2.3").By).ShouldBe((TaskState.Open, Other.User));

        var skipped = Next(
            open.MarkTask(Number("2.3"), TaskState.Skipped, "No such thing", Tam, Later)
        );
        skipped.Task("2.3").Reason.ShouldBe("No such thing");
        Next(skipped.MarkTask(Number("2.3"), TaskState.Open, "", Tam, Later))
            .Task("2.3")
            .Reason.ShouldBeEmpty();
    }

    [Fact]
    public void PB_3_A_task_is_skipped_for_a_reason_that_fits()
    {
        Why(Running.MarkTask(Number("2.3"), TaskState.Skipped, "", Engineer, Now))
            .ShouldBeOfType<SkipReasonMissing>();
        Next(
            Running.MarkTask(Number("2.3"), TaskState.Skipped, new string('r', 150), Engineer, Now)
        );
        Sentence(
                Running.MarkTask(
                    Number("2.3"),
                    TaskState.Skipped,
                    new string('r', 151),
                    Engineer,
                    Now
                )
            )
            .ShouldContain("takes 150 characters; yours has 151");
    }

    [Theory]
    [InlineData(true, true, "@engineer was first and has checked 2.3")]
    [InlineData(true, false, "@engineer was first and has checked 2.3")]
    [InlineData(
        false,
        true,
        "@engineer was first and has skipped 2.3 *Get the support bundle output*: why"
    )]
    [InlineData(false, false, "@engineer was first and has skipped 2.3")]
    public void ESC_9_PB_3_The_second_is_told_who_was_first(
        bool firstChecks,
        bool secondChecks,
        string told
    )
    {
        var (first, second) = (State(firstChecks), State(secondChecks));
        var reason = first == TaskState.Skipped ? "why" : "";
        var changed = Next(Running.MarkTask(Number("2.3"), first, reason, Engineer, Now));
        Sentence(changed.MarkTask(Number("2.3"), second, "too", Tam, Later)).ShouldStartWith(told);
        Sentence(changed.MarkTask(Number("2.3"), second, "too", Engineer, Later))
            .ShouldStartWith("You have ");
        Sentence(Running.MarkTask(Number("2.3"), TaskState.Open, "", Tam, Later))
            .ShouldBe("2.3 *Get the support bundle output* is open already.");

        static TaskState State(bool checks) => checks ? TaskState.Done : TaskState.Skipped;
    }

    [Fact]
    public void PB_3_What_is_not_there_is_told_with_what_to_do()
    {
        Sentence((Running with { Incident = null }).AssignTask(Number("1.1"), null, Nobody, Now))
            .ShouldBe(
                "ESC-7 follows no playbook, so it has no checklist. `/escalate playbook start ESC-7` starts one."
            );
        Sentence(Running.AssignTask(Number("2.9"), null, Engineer, Now))
            .ShouldBe(
                "ESC-7 has no task 2.9: stage 2 *Data gathering* ends with 2.6 *Reply to the customer: what has arrived, and what is still needed*. `/escalate tasks ESC-7` shows them all."
            );
        Sentence(Running.AssignTask(Number("9.1"), null, Engineer, Now))
            .ShouldContain("its 8 stages end with *Retrospective*");
        Why(
                (Running with { State = EscalationState.Cancelled }).AssignTask(
                    Number("1.1"),
                    Tam.User,
                    Lead,
                    Now
                )
            )
            .ShouldBeOfType<ChecklistOver>();
        Next(
            (Running with { State = EscalationState.Closed }).MarkTask(
                Number("8.1"),
                TaskState.Done,
                "",
                Lead,
                Now
            )
        );
    }

    [Fact]
    public void ALL_3_PB_3_Engineers_leads_owner_reporter_TAM_CSM_and_whom_it_is_given_to_may()
    {
        Decides(Engineer).ShouldBeTrue();
        Decides(Lead).ShouldBeTrue();
        Decides(Tam).ShouldBeTrue();
        Decides(new ActingPerson(new UserId("csm"), [Role.CustomerSuccessManager])).ShouldBeTrue();
        Decides(new ActingPerson(Reporter, [])).ShouldBeTrue();
        Decides(Nobody).ShouldBeFalse();
        Decides(Product).ShouldBeFalse();
        Decides(new ActingPerson(Engineer.User, [], IsGuest: true)).ShouldBeFalse();
        var given = Next(Running.AssignTask(Number("2.3"), Nobody.User, Lead, Now));
        Next(given.MarkTask(Number("2.3"), TaskState.Done, "", Nobody, Now));
        Why(given.MarkTask(Number("2.4"), TaskState.Done, "", Nobody, Now))
            .ShouldBeOfType<MayNot>();

        bool Decides(ActingPerson by) =>
            Running.MarkTask(Number("2.3"), TaskState.Done, "", by, Now)
            is Sidecar.Text.Decision<Escalation, EscalationFact>.Accepted;
    }

    [Fact]
    public void PB_3_A_task_is_given_to_somebody_or_to_nobody()
    {
        var given = Done(Running.AssignTask(Number("2.3"), Tam.User, Lead, Now));
        given.Next.Task("2.3").Assignee.ShouldBe(Tam.User);
        Text(given.Facts[0].Sentence)
            .ShouldBe("@lead gave 2.3 *Get the support bundle output* to @tam.");
        Why(given.Next.AssignTask(Number("2.3"), Tam.User, Lead, Now))
            .ShouldBeOfType<TaskUnchanged>();
        Next(given.Next.AssignTask(Number("2.3"), null, Lead, Now))
            .Task("2.3")
            .Assignee.ShouldBeNull();
    }

    [Fact]
    public void PB_3_What_checks_itself_is_checked_once_and_only_while_it_is_open()
    {
        var (next, facts) = Fresh.Done(TaskTrigger.CustomerConfirmed, Lead.User, Later);
        var task = next.Find(Number("7.2")).ShouldNotBeNull();
        (task.State, task.By, task.At).ShouldBe((TaskState.Done, Lead.User, Later));
        facts
            .ShouldHaveSingleItem()
            .ShouldBeOfType<EscalationFact.TaskChanged>()
            .Number.ShouldBe("7.2");
        next.Done(TaskTrigger.CustomerConfirmed, Other.User, Later).Facts.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2.3", 2, 3)]
    [InlineData("#2.3", 2, 3)]
    [InlineData("2-3", 2, 3)]
    [InlineData("2,3.", 2, 3)]
    [InlineData("２.３", 2, 3)]
    [InlineData("10.12", 10, 12)]
    public void PB_3_A_number_is_read_as_people_write_it(string typed, int stage, int place) =>
        TaskNumber.Read(typed).ShouldBe(new TaskNumber(stage, place));

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("2.0")]
    [InlineData("2.3.4")]
    [InlineData("a.b")]
    [InlineData("99999999999.1")]
    public void PB_3_What_is_no_number_is_none(string typed) =>
        TaskNumber.Read(typed).ShouldBeNull();

    [Fact]
    public void PB_3_A_due_time_lies_ahead()
    {
        var deadlines = DeadlineTests.Deadlines();
        Why(Running.SetTaskDue(Number("2.3"), Now, deadlines, Lead, Now))
            .ShouldBeOfType<DueInThePast>();
        var due = Next(Running.SetTaskDue(Number("2.3"), Now.AddSeconds(1), deadlines, Lead, Now));
        (due.Task("2.3").DueAt, due.Task("2.3").DueSetBy).ShouldBe((Now.AddSeconds(1), Lead.User));
        Next(due.SetTaskDue(Number("2.3"), null, deadlines, Lead, Now))
            .Task("2.3")
            .DueAt.ShouldBeNull();
    }
}
