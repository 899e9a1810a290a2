using System.Text.Json;
using Shouldly;
using Sidecar.Features.Assignments.Domain;
using Sidecar.Tests.Features.Assignments.Care;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Panel;

/// <summary>My check-ins and assignments in the panel (ASG-6, WEEK-2).</summary>
public sealed class PanelWorkTests
{
    [Fact]
    public async Task ASG_4_ASG_6_Everybody_sees_their_own_and_nobody_elses()
    {
        await using var desk = await Staff.Open();
        await desk.Has(desk.Assignment(1));
        await desk.Has(
            desk.Assignment(2, "acme-labs", "Acme Labs", AssignmentKind.PreSales) with
            {
                Engineer = desk.IdOf("second"),
            }
        );

        var mine = await desk.Mine("engineer");
        var assignment = mine.GetProperty("assignments").EnumerateArray().ShouldHaveSingleItem();
        assignment.Text("id").ShouldBe("ASG-1");
        assignment.Text("customer").ShouldBe("Acme");
        assignment.Text("customerKey").ShouldBe("acme");
        assignment.Text("kind").ShouldBe("postSales");
        assignment.Text("state").ShouldBe("active");
        assignment.Strings("parts").ShouldBe(["engineer"]);
        assignment.GetProperty("customerEngineer").Text("name").ShouldBe("ce");
        assignment.GetProperty("backUp").ValueKind.ShouldBe(JsonValueKind.Null);
        assignment.Text("nextCheckInAt").ShouldBe("2029-01-03T09:00:00.000Z");
        assignment.GetProperty("isCheckInOpen").GetBoolean().ShouldBeFalse();
        assignment.Text("reviewOn").ShouldBe("2026-09-02");

        (await desk.Mine("ce")).GetProperty("assignments").GetArrayLength().ShouldBe(2);
        (await desk.Mine("second")).GetRawText().ShouldContain("Acme Labs");
        foreach (var who in (string[])["engineer", "third", "lead", "tam"])
        {
            (await desk.Mine(who)).GetRawText().ShouldNotContain("Acme Labs");
        }
    }

    [Fact]
    public async Task WEEK_2_What_is_due_is_what_me_tells_the_most_urgent_first()
    {
        await using var desk = await Staff.Open();
        await desk.Types("tam", "/escalate new acme sev2 Slow");
        await desk.Types("engineer", "/escalate ack ESC-1");
        await desk.Types("tam", "/escalate new client sev2 Broken");
        await desk.Types("lead", "/escalate assign ESC-2 @engineer");
        await desk.Passes(TimeSpan.FromHours(5));

        var todo = (await desk.Mine("engineer")).GetProperty("todo").EnumerateArray().ToList();
        var typed = (await desk.Types("engineer", "/escalate me")).Text;
        todo.Count.ShouldBe(
            typed.Split('\n').Count(l => l.StartsWith("- ", StringComparison.Ordinal))
        );
        todo[0].Text("urgency").ShouldBe("overdue");
        todo[0].Text("about").ShouldBe("ESC-1");
        todo[0].GetProperty("action").Text("label").ShouldBe("Update");
        todo[0].GetProperty("action").GetProperty("ask").Text("run").ShouldBe("update ESC-1");
        todo[0].GetProperty("at").GetDateTimeOffset().ShouldBeLessThan(desk.Clock.GetUtcNow());
        foreach (var line in todo)
        {
            typed.ShouldContain(line.Text("text")!);
            if (
                line.GetProperty("action") is { ValueKind: JsonValueKind.Object } action
                && action.GetProperty("ask").TryGetProperty("run", out var command)
            )
            {
                typed.ShouldContain($"`/escalate {command.GetString()}`");
            }
        }
    }
}

internal static class PanelWorkDesk
{
    public static async Task<JsonElement> Mine(this Desk desk, string who) =>
        (await desk.Asks(who, new { v = 2, get = "mine" })).GetProperty("mine");
}
