using Shouldly;
using Sidecar.Tests.Features.Panel;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>
/// Forms of the intake that are sent after somebody was quicker (M1): whichever field was changed, nothing that was written
/// is lost behind an answer that says that it is done.
/// </summary>
public sealed class SentAgainTests
{
    private static readonly (string Field, object? Value)[] Unchanged = [];

    public static TheoryData<string, string> Fields =>
        new()
        {
            { "summary", "Quite another thing" },
            { "customer_impact", "All of them" },
            { "impact", "critical" },
            { "effort", "high" },
            { "links", "https://tickets.test/1" },
            { "severity", "sev4" },
        };

    [Theory]
    [MemberData(nameof(Fields))]
    public async Task M1_ESC_11_What_was_changed_after_mine_was_raised_is_said_to_be_lost(
        string field,
        string value
    )
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate new acme sev3 Nobody can log in");
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        var question = desk.MessagesTo("tam")[^1];
        await desk.Presses("tam", question, "Change mine");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        await desk.PressesLate("tam", question, "Raise mine as well");
        (await desk.Stored(2)).Summary.ShouldBe("Search is slow");

        var late = await desk
            .Mattermost.As("tam")
            .SubmitDialog(
                form,
                new Dictionary<string, object?>(StringComparer.Ordinal) { [field] = value }
            );
        late.Error.ShouldContain(
            "This form was sent already and raised ESC-2; what you changed since then was not saved. /escalate edit ESC-2 changes what it says"
        );
        (await desk.Find(3)).ShouldBeNull();
    }

    [Fact]
    public async Task M1_ESC_11_Opened_twice_the_second_form_says_what_became_of_its_words()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate new acme sev3 Nobody can log in");
        await desk.Types("tam", "/escalate new acme sev3 Search is slow");
        var question = desk.MessagesTo("tam")[^1];
        await desk.Presses("tam", question, "Change mine");
        var first = desk.Mattermost.OpenDialogOf("tam")!;
        await desk.Presses("tam", question, "Change mine");
        var second = desk.Mattermost.OpenDialogOf("tam")!;
        var client = desk.Mattermost.As("tam");
        (await client.SubmitDialog(first, Of("Half of them"))).Closed.ShouldBeTrue();
        await desk.Settled();
        // Sent twice it is the same, and nothing is lost.
        (await client.SubmitDialog(first, Of("Half of them"))).Closed.ShouldBeTrue();
        // What others have changed since does not make it another form.
        await desk.Types("lead", "/escalate edit ESC-2 summary Search is down");
        (await client.SubmitDialog(first, Of("Half of them"))).Closed.ShouldBeTrue();
        (await client.SubmitDialog(second, Of("All of them"))).Error.ShouldContain(
            "sent already and raised ESC-2"
        );
        (await desk.Stored(2)).CustomerImpact.ShouldBe("Half of them");

        static Dictionary<string, object?> Of(string impact) =>
            new(StringComparer.Ordinal) { ["customer_impact"] = impact };
    }

    [Fact]
    public async Task M1_ESC_11_Two_that_became_different_customers_are_merged_by_who_has_read_that()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new acme sev2 Search is slow");
        await desk.Types("tam", "/escalate new acme sev2 Search is down");
        await desk.Presses("engineer", desk.CardOf(2), "Merge with ESC-1");
        await desk.Types("lead", "/escalate edit ESC-2 customer acme-labs");
        (await desk.Submits("engineer", Unchanged)).Error.ShouldContain(
            "ESC-2 (Acme Labs: Search is down) is a Sev 2"
        );
        (await desk.Stored(2)).MergedInto.ShouldBeNull();
        (await desk.Submits("engineer", Unchanged)).Closed.ShouldBeTrue();
        (await desk.Stored(2)).MergedInto.ShouldNotBeNull();
    }

    [Fact]
    public async Task M1_ESC_2_Who_was_slower_to_choose_a_customer_is_told_which_one_it_is()
    {
        await using var desk = await Desk.Open(settings: Desk.WithoutIncidents);
        await desk.Types("tam", "/escalate new nobody sev2 Search is slow");
        await desk.Runs("tam", Ask());
        await desk.Runs("lead", Ask());
        (await desk.Submits("lead", ("customer", "acme-labs"))).Closed.ShouldBeTrue();
        var late = await desk.Submits("tam", ("customer", "acme"));
        late.Error.ShouldContain("ESC-1 is for Acme Labs; nothing was changed");
        (await desk.Stored()).CustomerName.ShouldBe("Acme Labs");

        static object Ask() =>
            new
            {
                v = 2,
                act = "chooseCustomer",
                id = "ESC-1",
            };
    }
}
