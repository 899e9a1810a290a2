using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

/// <summary>The order of the list, and why (ESC-5), as people read it.</summary>
public sealed class ListOrderTests
{
    [Fact]
    public async Task ESC_5_Impact_and_effort_order_the_list_and_ties_go_to_the_higher_ARR()
    {
        await using var desk = await Three();
        (await List(desk)).ShouldBe(["ESC-3", "ESC-1", "ESC-2"]);
        var why = (await desk.Types("engineer", "/escalate why ESC-1")).Text.Split('\n');
        why.ShouldBe([
            "#### Why ESC-1 is number 2 of the open ones",
            "Its score is **4** = 2 × 3 (impact high, as Sev 2 has until somebody says otherwise) − 2 (effort medium).",
            "- Before it is **ESC-3** (Big): score and impact are the same, its customer’s ARR is higher.",
            "- Behind it is **ESC-2** (Acme Labs): score and impact are the same, its customer’s ARR is lower.",
        ]);

        await desk.Types("tam", "/escalate edit ESC-2 impact critical");
        (await List(desk)).ShouldBe(["ESC-2", "ESC-3", "ESC-1"]);
        await desk.Types("tam", "/escalate edit ESC-1 effort low");
        (await List(desk)).ShouldBe(["ESC-2", "ESC-1", "ESC-3"]);
        (await desk.Types("engineer", "/escalate why ESC-1")).Text.ShouldContain(
            "Before it is **ESC-2** (Acme Labs): its score is 6."
        );

        await desk.Types("tam", "/escalate edit ESC-1 impact medium");
        // High impact with high effort is before medium with low effort: 3 and 3, and the impact decides.
        await desk.Types("tam", "/escalate edit ESC-3 impact high");
        await desk.Types("tam", "/escalate edit ESC-3 effort high");
        (await List(desk)).ShouldBe(["ESC-2", "ESC-3", "ESC-1"]);
        (await desk.Types("engineer", "/escalate why ESC-1")).Text.ShouldContain(
            "Before it is **ESC-3** (Big): the score is the same, its impact is high."
        );
    }

    [Fact]
    public async Task ESC_5_Who_may_not_read_customers_does_not_learn_which_pays_more()
    {
        await using var desk = await Three();
        desk.Mattermost.AddUser("colleague");
        var why = (await desk.Types("colleague", "/escalate why ESC-1")).Text;
        // Their order goes by age, whoever pays what.
        why.ShouldContain("- Nothing is before it.");
        why.ShouldContain(
            "- Behind it is **ESC-2** (Acme Labs): score and impact are the same, it is younger."
        );
        await desk.Types("admin", "/escalate role grant @colleague csm");
        (await desk.Types("colleague", "/escalate why ESC-1")).Text.ShouldContain("ARR is higher");
    }

    [Fact]
    public async Task ESC_5_When_a_customers_ARR_changes_its_escalations_take_their_new_place()
    {
        await using var desk = await Three();
        await desk.Types("tam", "/escalate customer set acme arr 1,234,567");
        (await List(desk)).ShouldBe(["ESC-1", "ESC-3", "ESC-2"]);
        await desk.Types("tam", "/escalate customer set acme arr 654,321");
        await desk.Types("tam", "/escalate customer set big arr -");
        (await List(desk)).ShouldBe(["ESC-1", "ESC-2", "ESC-3"]);
        // What was accepted stays so; the card need not tell what it does not show.
        desk.Thread(desk.CardOf(3)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ESC_5_When_all_is_the_same_the_older_one_comes_first()
    {
        await using var desk = await Desk.Open();
        await desk.Knows("one", "One", 70_000);
        await desk.Knows("two", "Two", 70_000);
        await desk.Types("tam", "/escalate new two sev2 Older");
        desk.Clock.Advance(TimeSpan.FromSeconds(1));
        await desk.Types("tam", "/escalate new one sev2 Younger");
        (await List(desk)).ShouldBe(["ESC-1", "ESC-2"]);
        (await desk.Types("tam", "/escalate why ESC-1")).Text.ShouldContain(
            "score, impact and ARR are the same, it is younger"
        );
        (await desk.Types("tam", "/escalate why ESC-2")).Text.ShouldContain(
            "score, impact and ARR are the same, it is older"
        );
        await desk.Types("lead", "/escalate cancel ESC-1");
        (await desk.Types("tam", "/escalate why ESC-1")).Text.ShouldContain("no place");
        (await desk.Types("tam", "/escalate why ESC-2")).Text.ShouldContain("Nothing is before it");
    }

    [Fact]
    public async Task What_a_customer_pays_is_never_shown_with_an_escalation()
    {
        await using var desk = await Three();
        await desk.Knows("small", "Small", 31_337);
        await desk.Types("tam", "/escalate new small sev2 Down");
        await desk.Types("tam", "/escalate customer set acme arr 777,777");
        await desk.Types("tam", "/escalate customer set small arr 33,333");
        var read = new List<string>();
        foreach (var about in (string[])["list", "list all", "team list", "find Down"])
        {
            read.Add((await desk.Types("engineer", $"/escalate {about}")).Text);
        }

        for (var number = 1; number <= 4; number++)
        {
            foreach (var about in (string[])["why", "show", "timeline"])
            {
                read.Add((await desk.Types("executive", $"/escalate {about} ESC-{number}")).Text);
                desk.Clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        read.AddRange(
            desk.Mattermost.Posts(Desk.Square).Select(p => p.Message + p.Props.GetRawText())
        );
        foreach (var text in read)
        {
            foreach (
                var amount in (string[])
                    ["777", "900", "120", "80,000", "80000", "31,337", "31337", "33,333", "33333"]
            )
            {
                // What is sealed behind buttons, and ids, are no text.
                System
                    .Text.RegularExpressions.Regex.IsMatch(text, $@"(?<![\w.:-]){amount}(?![\w:])")
                    .ShouldBeFalse($"{amount} in {text}");
            }
        }
    }

    private static async Task<Desk> Three()
    {
        var desk = await Desk.Open();
        await desk.Knows("big", "Big", 900_000);
        foreach (var customer in (string[])["acme", "acme-labs", "big"])
        {
            await desk.Types("tam", $"/escalate new {customer} sev2 Down");
        }

        return desk;
    }

    private static async Task<IReadOnlyList<string>> List(Desk desk) =>
        (await desk.Types("engineer", "/escalate list")).Rows();
}
