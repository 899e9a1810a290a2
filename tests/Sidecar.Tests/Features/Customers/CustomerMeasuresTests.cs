using Shouldly;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Measures;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>Measures as people meet them: recorded, shown, told about once (MET-1 to MET-4).</summary>
public sealed class CustomerMeasuresTests
{
    [Fact]
    public async Task CUS_1_Figures_in_one_line_are_recorded_and_judged_at_once()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk, production: "2025-12-01");
        var answer = await desk.Types(
            "tam",
            "/escalate customer measure acme seats 450/500 mau 300 dau 120 on 2026-01-31"
        );
        answer.Text.ShouldBe(
            "Recorded for Acme on 2026-01-31: Seats purchased 500, Seats deployed 450, MAU 300, DAU 120. Adoption 60 %, target 50 %: :white_check_mark: met. Usage 40 %: :white_check_mark: healthy."
        );
        var shown = (await desk.Types("tam", "/escalate customer show acme")).Text;
        shown.ShouldContain(
            "| Adoption: 50 % (day 91) | 60 %: MAU 300 (2026-01-31) of 500 (2026-01-31) seats | :white_check_mark: met |"
        );
        shown.ShouldContain(
            "| Usage: more than 30 % | 40 %: DAU 120 (2026-01-31) of MAU 300 (2026-01-31) | :white_check_mark: healthy |"
        );
        shown.ShouldContain("| Seats deployed: 80 % | 90 %: 450");
        desk.ToldTo("tam").ShouldBeEmpty();
    }

    [Fact]
    public async Task CUS_1_The_whole_history_is_kept_and_the_latest_day_wins()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk);
        await desk.Types("tam", "/escalate customer measure acme mau 300 on 2026-02-20");
        await desk.Types("tam", "/escalate customer measure acme mau 200 on 2026-01-20");
        (await Figures(desk)).Mau!.Count.ShouldBe(300);

        // A day that is recorded again is corrected.
        (
            await desk.Types("tam", "/escalate customer measure acme mau 310 on 2026-02-20")
        ).Text.ShouldContain("MAU 310 (was 300)");
        (
            await desk.Types("tam", "/escalate customer measure acme mau 310 on 2026-02-20")
        ).Text.ShouldBe("All of that was recorded already for Acme on 2026-02-20.");

        // The latest taken away, the one before it is the latest again.
        await desk.Types("tam", "/escalate customer measure acme mau - on 2026-02-20");
        (await Figures(desk)).Mau.ShouldBe(new Counted(200, new DateOnly(2026, 1, 20)));
        var timeline = (await desk.Types("tam", "/escalate customer timeline acme")).Text;
        timeline.ShouldContain("@tam recorded for 2026-02-20: MAU 310 (was 300).");
        timeline.ShouldContain("@tam recorded for 2026-02-20: MAU taken away (was 310).");
    }

    [Theory]
    [InlineData("mau 100 dau 101", "DAU (101) would be more than MAU (100)")]
    [InlineData("seat 45/50", "Did you mean `seats`?")]
    [InlineData("mau 5 on 2026-03-03", "has not come yet")]
    public async Task ALL_2_Figures_that_can_not_be_are_refused_with_what_was_typed(
        string line,
        string why
    )
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk);
        var answer = (await desk.Types("tam", $"/escalate customer measure acme {line}")).Text;
        answer.ShouldContain(why);
        answer.ShouldContain($"You typed: `/escalate customer measure acme {line}`");
        (await Figures(desk)).ShouldBe(Sidecar.Features.Customers.Domain.Figures.None);
    }

    [Fact]
    public async Task U20_More_seats_deployed_than_purchased_is_asked_about()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk);
        var line = "/escalate customer measure acme seats 600/500";
        var asked = (await desk.Types("tam", line)).Text;
        asked.ShouldContain("seats deployed (600) would be more than seats purchased (500)");
        asked.ShouldContain("write `anyway` at the end");
        (await Figures(desk)).SeatsDeployed.ShouldBeNull();

        // Who bought them is seldom asked on the day on which they are counted.
        await desk.Types("tam", "/escalate customer measure acme purchased 500 on 2026-01-31");
        (
            await desk.Types("tam", "/escalate customer measure acme deployed 600")
        ).Text.ShouldContain("seats purchased (500 on 2026-01-31)");
        await desk.Types("tam", "/escalate customer measure acme deployed 600 anyway");
        (await Figures(desk)).SeatsDeployed!.Count.ShouldBe(600);
        (await desk.Types("tam", "/escalate customer measure acme mau 300")).Text.ShouldContain(
            "Recorded"
        );
    }

    [Fact]
    public async Task U20_The_form_asks_about_more_seats_and_takes_a_tick_for_an_answer()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk);
        await desk.Types("tam", "/escalate customer edit acme usage");
        var asked = await desk.Submits("tam", ("purchased", "500"), ("deployed", "600"));
        asked.FieldErrors["deployed"].ShouldContain("tick “More seats than bought”");
        (await desk.Submits("tam", ("beyond", true))).Closed.ShouldBeTrue();
        (await Figures(desk)).SeatsDeployed!.Count.ShouldBe(600);
    }

    [Fact]
    public async Task M3_After_an_error_a_figure_is_left_as_others_counted_it_by_the_word_it_names()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk);
        await desk.Types("lead", "/escalate customer measure acme dau 9");
        await desk.Types("tam", "/escalate customer edit acme usage");
        (await desk.Submits("tam", ("deployed", "x"), ("dau", "10"))).Error.ShouldBe(
            "To leave a figure as it is, write keep in it."
        );
        (await desk.Submits("tam", ("deployed", "81"), ("dau", "Keep"))).Closed.ShouldBeTrue();
        var figures = await Figures(desk);
        (figures.Dau!.Count, figures.SeatsDeployed!.Count).ShouldBe((9, 81));
    }

    [Fact]
    public async Task CUS_1_The_form_for_figures_takes_what_is_counted_and_leaves_the_rest()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk);
        await desk.Types("tam", "/escalate customer measure acme seats 450/500 on 2026-01-31");
        await desk.Types("tam", "/escalate customer measure acme");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["on"].Default.ShouldBe("2026-03-02");
        form["purchased"]
            .HelpText.ShouldBe(
                "500 on 2026-01-31; left empty, or with keep, it stays; none removes that day’s."
            );

        (await desk.Submits("tam", ("mau", "many"), ("on", "tomorrow"))).FieldErrors.Keys.ShouldBe(
            ["mau", "on"],
            ignoreOrder: true
        );
        (await desk.Submits("tam", ("on", "today"), ("mau", "100"), ("dau", "101")))
            .FieldErrors["dau"]
            .ShouldContain("more than MAU");
        (await desk.Submits("tam", ("mau", "1,200"))).Closed.ShouldBeTrue();
        var figures = await Figures(desk);
        figures.Mau.ShouldBe(new Counted(1200, new DateOnly(2026, 3, 2)));
        figures.SeatsDeployed.ShouldBe(new Counted(450, new DateOnly(2026, 1, 31)));
    }

    [Fact]
    public async Task MET_1_The_measure_of_the_team_names_who_is_unknown()
    {
        await using var desk = await EmptyBook.Open();
        (await desk.Types("tam", "/escalate customer seats")).Text.ShouldContain("is unknown");
        foreach (
            var (key, arr, seats) in ((string, string, string)[])
                [
                    ("met", "60k", "seats 80/100"),
                    ("missed", "70k", "seats 79/100"),
                    ("unknown", "50000.01", ""),
                    ("line", "50,000", "seats 100/100"),
                ]
        )
        {
            await CustomerJourneyTests.Add(desk, key, $"The {key} one");
            await desk.Types("tam", $"/escalate customer set {key} arr {arr}");
            if (seats.Length > 0)
            {
                await desk.Types("tam", $"/escalate customer measure {key} {seats}");
            }
        }

        var seen = (await desk.Types("engineer", "/escalate customer seats")).Text;
        seen.ShouldContain("#### Customer Seats Deployed: 33.3 %");
        seen.ShouldContain("1 of 3 customers with an ARR above USD 50,000");
        seen.ShouldContain("| :warning: not yet | 1 | The missed one 79 % |");
        seen.ShouldContain("| unknown | 1 | The unknown one |");
        seen.ShouldNotContain("The line one");
    }

    [Fact]
    public async Task MET_1_MET_2_The_numbers_are_settings()
    {
        await using var desk = await EmptyBook.Open(
            settings: """
            { "customers": { "countsFromArrAbove": 100000, "countAdoptionFromContract": true } }
            """
        );
        await Acme(desk);
        await desk.Types("tam", "/escalate customer set acme arr 60k");
        (await desk.Types("tam", "/escalate customer seats")).Text.ShouldContain("USD 100,000");
        // 180 days before the desk's morning.
        await desk.Types("tam", "/escalate customer set acme contract 2025-09-03");
        (
            await desk.Types("tam", "/escalate customer measure acme seats 1/100 mau 70")
        ).Text.ShouldContain("Adoption 70 %, target 75 %: :warning: missed.");
    }

    [Fact]
    public async Task MET_4_A_missed_target_is_told_once_and_once_when_it_is_met()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk, production: "2026-02-20");
        await desk.Types("tam", "/escalate customer measure acme purchased 100 mau 20");
        desk.ToldTo("tam")
            .ShouldHaveSingleItem()
            .ShouldBe(
                "**Acme**: It misses its adoption target: 20 % of the seats are in use, and the target for day 10 is 25 %. `/escalate customer show acme`"
            );
        desk.ToldTo("engineer").Count.ShouldBe(1);
        desk.ToldTo("lead").ShouldBeEmpty();

        await desk.Types("tam", "/escalate customer measure acme mau 21");
        await desk.Types("tam", "/escalate customer measure acme mau 22");
        desk.ToldTo("tam").Count.ShouldBe(1);

        await desk.Types("tam", "/escalate customer measure acme mau 25");
        desk.ToldTo("tam").Count.ShouldBe(2);
        desk.ToldTo("tam")[1].ShouldContain("meets its adoption target again: 25 %");
        (await desk.Types("tam", "/escalate customer timeline acme")).Text.ShouldContain(
            "It misses its adoption target: 20 %"
        );
    }

    [Fact]
    public async Task MET_4_Who_is_CE_and_TAM_is_told_once()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk, production: "2026-02-20");
        await desk.Types("tam", "/escalate customer set acme ce @tam");
        await desk.Types("tam", "/escalate customer measure acme purchased 100 mau 20");
        desk.ToldTo("tam").Count.ShouldBe(1);
        desk.ToldTo("engineer").ShouldBeEmpty();
    }

    [Fact]
    public async Task MET_4_Day_91_comes_by_itself_when_it_begins_where_the_customer_is()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk);
        await desk.Types("tam", "/escalate customer set acme zone Asia/Tokyo");
        // Day 91 is 2026-03-04 in Tokyo, which begins on the 3rd at 15:00 UTC.
        await desk.Types("tam", "/escalate customer set acme production 2025-12-03");
        await desk.Types("tam", "/escalate customer measure acme purchased 100 mau 30");
        desk.ToldTo("tam").ShouldBeEmpty();

        await desk.PassesTo(new DateTimeOffset(2026, 3, 3, 14, 59, 59, TimeSpan.Zero));
        desk.ToldTo("tam").ShouldBeEmpty();
        await desk.PassesTo(new DateTimeOffset(2026, 3, 3, 15, 0, 0, TimeSpan.Zero));
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("the target for day 91 is 50 %");

        // Day 181 finds it missing already.
        await desk.Passes(TimeSpan.FromDays(200));
        desk.ToldTo("tam").Count.ShouldBe(1);
    }

    [Fact]
    public async Task MET_4_Moving_the_date_moves_the_day_and_archiving_ends_it()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk, production: "2025-12-03");
        await desk.Types("tam", "/escalate customer measure acme purchased 100 mau 30");
        await desk.Types("tam", "/escalate customer set acme production 2026-02-01");
        await desk.Passes(TimeSpan.FromDays(10));
        desk.ToldTo("tam").ShouldBeEmpty();
        await desk.Types("tam", "/escalate customer archive acme");
        await desk.Passes(TimeSpan.FromDays(300));
        desk.ToldTo("tam").ShouldBeEmpty();
    }

    [Fact]
    public async Task MET_4_A_day_that_came_while_the_process_was_down_is_caught_up_once()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk, production: "2025-12-03");
        await desk.Types("tam", "/escalate customer measure acme purchased 100 mau 30");
        await desk.PassesWhileDown(TimeSpan.FromDays(5));
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("the target for day 94 is 50 %");
        await desk.RestartSidecar();
        await desk.Settled();
        desk.ToldTo("tam").Count.ShouldBe(1);
    }

    [Fact]
    public async Task MET_4_A_falling_share_is_told_when_it_begins_and_when_it_ends()
    {
        await using var desk = await EmptyBook.Open();
        await Acme(desk);
        await desk.Types(
            "tam",
            "/escalate customer measure acme purchased 100 mau 60 on 2026-01-01"
        );
        await desk.Types("tam", "/escalate customer measure acme mau 55 on 2026-01-15");
        desk.ToldTo("tam").ShouldBeEmpty();
        await desk.Types("tam", "/escalate customer measure acme mau 50 on 2026-01-29");
        desk.ToldTo("tam")
            .ShouldHaveSingleItem()
            .ShouldContain("Its adoption is falling: falling, 10 points in 28 days.");
        await desk.Types("tam", "/escalate customer measure acme mau 49 on 2026-02-05");
        desk.ToldTo("tam").Count.ShouldBe(1);
        await desk.Types("tam", "/escalate customer measure acme mau 62 on 2026-02-12");
        await desk.Types("tam", "/escalate customer measure acme mau 63 on 2026-02-19");
        await desk.Types("tam", "/escalate customer measure acme mau 64 on 2026-02-26");
        desk.ToldTo("tam").Count.ShouldBe(2);
        desk.ToldTo("tam")[1].ShouldContain("Its adoption has stopped falling.");
    }

    private static async Task Acme(Desk desk, string? production = null)
    {
        await CustomerJourneyTests.Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer set acme tam me");
        await desk.Types("tam", "/escalate customer set acme ce @engineer");
        if (production is not null)
        {
            await desk.Types("tam", $"/escalate customer set acme production {production}");
        }
    }

    private static async Task<Figures> Figures(Desk desk) =>
        (await CustomerJourneyTests.Stored(desk, "acme")).Figures;
}
