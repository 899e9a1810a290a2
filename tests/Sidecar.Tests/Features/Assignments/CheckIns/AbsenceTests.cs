using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Features.Customers.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.CheckIns;

using static GivenPair;

/// <summary>Who is away for a week says so in Mattermost, and is not asked (ASG-9).</summary>
public sealed class AbsenceTests
{
    [Fact]
    public async Task ASG_9_A_week_of_vacation_goes_to_the_back_up()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns(plan: Tuesdays);
        desk.Mattermost.SetCustomStatus("engineer", "vacation", until: Berlin(3, 8, 18));
        await desk.PassesTo(Berlin(3, 3, 15));
        Asked(desk, "engineer").ShouldBe(0);
        Asked(desk, "backup").ShouldBe(1);
        await desk.PassesTo(Berlin(3, 10, 15));
        Asked(desk, "engineer").ShouldBe(1);
    }

    [Fact]
    public async Task ASG_9_Without_a_back_up_it_is_left_out_with_the_reason()
    {
        await using var desk = await GivenPair.Open();
        await desk.Assigns(kind: AssignmentKind.PreSales, plan: Tuesdays);
        desk.Mattermost.SetCustomStatus("engineer", "vacation", until: Berlin(3, 8, 18));
        await desk.PassesTo(Berlin(3, 9, 1));
        Asked(desk, "engineer").ShouldBe(0);
        (await desk.Assignment()).MissedInARow.ShouldBe(0);
        await desk.PassesTo(Berlin(3, 10, 15));
        desk.MessagesTo("engineer")[^1]
            .Attachments[0]
            .Text.ShouldContain("The one before was left out: @engineer is out of office.");
        (await desk.AssignmentFacts()).OfType<AssignmentFact.CheckInMissed>().ShouldBeEmpty();
    }

    private static int Asked(Desk desk, string who) =>
        desk.ToldTo(who).Count(t => t.StartsWith(":speech_balloon:", StringComparison.Ordinal));
}
