using System.Text;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Tests.Features.Escalations;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.GuidedSetup;

/// <summary>A file with customers as an answer, and a Sev 1 to see whom one reaches (SET-1, U7).</summary>
public sealed class GuidedFilesTests
{
    private const string Rows = "name,arr\nWestern Rail,120000\nHarbour,90000\n";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SimulatorOptions.Today)]
    [InlineData(SimulatorOptions.OldEnd)]
    public async Task U7_SET_1_A_CSV_file_sent_as_an_answer_is_asked_about_and_taken(string age)
    {
        await using var desk = await Desk.Open(new SimulatorOptions { ServerVersion = age });
        await Sends(desk, "of-long-ago.csv");
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Customers by CSV");
        await desk.Passes(TimeSpan.FromMinutes(1));
        Offers(desk).ShouldBeEmpty();

        await Sends(desk, "Customers.CSV");
        await desk.Passes(TimeSpan.FromMinutes(1));
        var offer = Offers(desk).ShouldHaveSingleItem();
        offer.Message.ShouldBe("Shall I import customers from **Customers.CSV**?");

        await desk.Presses(Desk.Admin, offer, "Only try it");
        await desk.Passes(TimeSpan.FromSeconds(5));
        (await Known(desk, "harbour")).ShouldBeFalse();
        await desk.Presses(Desk.Admin, offer, "Import it");
        await desk.Passes(TimeSpan.FromSeconds(15));
        (await Known(desk, "harbour")).ShouldBeTrue();
        Offers(desk).Single().Actions.ShouldBeEmpty();

        // Asked about once, and the next file is another question.
        await desk.Passes(TimeSpan.FromMinutes(2));
        Offers(desk).Count.ShouldBe(1);
        await Sends(desk, "more.csv");
        await desk.Passes(TimeSpan.FromMinutes(1));
        Offers(desk).Count.ShouldBe(2);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task SET_1_A_file_that_was_sent_without_any_button_is_asked_about_too()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        await Sends(desk, "customers.csv");
        await desk.Passes(TimeSpan.FromMinutes(1));
        Offers(desk).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task M1_CUS_2_What_others_changed_since_a_file_was_tried_is_said_and_left()
    {
        await using var desk = await Desk.Open();
        await desk.Knows("western-rail", "Western Rail", 50_000);
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Customers by CSV");
        await Sends(desk, "customers.csv");
        await desk.Passes(TimeSpan.FromMinutes(1));
        var offer = Offers(desk).Single();
        await desk.Presses(Desk.Admin, offer, "Only try it");
        await desk.Passes(TimeSpan.FromMinutes(1));
        await desk.Types("tam", "/escalate customer set western-rail arr 70000");

        await desk.Presses(Desk.Admin, offer, "Import it");
        await desk.Passes(TimeSpan.FromMinutes(1));
        (await Known(desk, "harbour")).ShouldBeTrue();
        (await Arr(desk)).ShouldBe(70_000);
        var told = desk.ToldTo(Desk.Admin)[^1];
        told.ShouldContain("1 were added, 0 changed, 0 unchanged, 1 refused");
        told.ShouldContain("@tam changed it since you tried the file, so it was left.");
        told.ShouldContain("from USD 70,000 to USD 120,000");

        // Who asks for it again has read that.
        await desk.Types(Desk.Admin, "/escalate customer import");
        await desk.Passes(TimeSpan.FromMinutes(1));
        (await Arr(desk)).ShouldBe(120_000);
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(7)]
    [InlineData(50)]
    public async Task SET_1_A_file_that_is_sent_hours_or_days_later_is_asked_about_by_itself(
        double hours
    )
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Customers by CSV");
        await desk.Passes(TimeSpan.FromHours(hours));
        await Sends(desk, "late.csv");
        await desk.Passes(TimeSpan.FromHours(1.1));
        Offers(desk).ShouldHaveSingleItem();
        await desk.Passes(TimeSpan.FromDays(8));
        Offers(desk).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task SET_1_A_file_that_was_sent_weeks_later_is_asked_about_when_the_list_is_shown_again()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Customers by CSV");
        await desk.Passes(TimeSpan.FromDays(8));
        await Sends(desk, "late.csv");
        await desk.Passes(TimeSpan.FromMinutes(5));
        Offers(desk).ShouldBeEmpty();
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Customers by CSV");
        await desk.Passes(TimeSpan.FromMinutes(1));
        Offers(desk).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task CUS_2_Without_a_link_the_last_file_of_ones_own_is_taken()
    {
        await using var desk = await Desk.Open();
        (await desk.Types(Desk.Admin, "/escalate customer import")).Text.ShouldContain(
            "Send it to @escalate by direct message"
        );
        await Sends(desk, "old.csv", "name\nOlder\n");
        await Sends(desk, "new.csv");
        await desk.Mattermost.As(Desk.Admin).Post(Room(desk), "There it is.");
        // Somebody else's file in their own messages is none of theirs.
        (await desk.Types("tam", "/escalate customer import")).Text.ShouldContain("Which file?");
        (await desk.Types(Desk.Admin, "/escalate customer import dry-run")).Text.ShouldContain(
            "I am reading **new.csv**, which you sent me, and change nothing"
        );
        await desk.Passes(TimeSpan.FromSeconds(5));
        (await Known(desk, "harbour")).ShouldBeFalse();
        await desk.Types(Desk.Admin, "/escalate customer import");
        await desk.Passes(TimeSpan.FromSeconds(5));
        (await Known(desk, "harbour")).ShouldBeTrue();
        (await Known(desk, "older")).ShouldBeFalse();
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task SET_2_A_file_is_asked_about_wherever_one_was_told_to_send_it_and_once()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate customer import template");
        desk.ToldTo(Desk.Admin)
            .ShouldHaveSingleItem()
            .ShouldContain("send it to me here: I ask before anything is changed.");
        var nothing = (await desk.Types(Desk.Admin, "/escalate customer import")).Text;
        nothing.ShouldContain("**customers.csv** is mine: download it and fill it in.");
        nothing.ShouldContain("I ask before anything is done with it");
        await Sends(desk, "filled.csv");
        await desk.Passes(TimeSpan.FromMinutes(1));
        Offers(desk).ShouldHaveSingleItem();

        // Who asks for the import by themselves is not asked about it afterwards.
        await Sends(desk, "more.csv", "name\nOlder\n");
        await desk.Types(Desk.Admin, "/escalate customer import");
        await desk.Passes(TimeSpan.FromMinutes(1));
        (await Known(desk, "older")).ShouldBeTrue();
        Offers(desk).ShouldHaveSingleItem();
        await desk.Passes(TimeSpan.FromHours(1));
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task U7_SET_1_A_test_Sev_1_is_of_no_customer_and_says_where_its_card_is()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate broadcast sev1 here");
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Test Sev 1");
        var asked = desk.Mattermost.OpenDialogOf(Desk.Admin).ShouldNotBeNull().IntroductionText;
        asked.ShouldContain("Its card comes to your direct messages with me");
        asked.ShouldContain("Status updates that somebody posts about it go to ~town-square too.");
        await desk.Submits(Desk.Admin);
        await desk.Passes(TimeSpan.FromSeconds(15));
        var test = await desk.Stored();
        test.Missing.ShouldBeEmpty();
        var said = desk.ToldTo(Desk.Admin)
            .Single(t => t.StartsWith("Raised as ESC-1", StringComparison.Ordinal));
        said.ShouldStartWith("Raised as ESC-1 for no customer, as a test.");
        said.ShouldContain(" Its card is here, where only you see it");
        var card = desk.MessagesTo(Desk.Admin).Single(p => p.Buttons().Contains("Acknowledge"));
        card.Buttons().ShouldNotContain("Add the customer");

        await desk.Presses(Desk.Admin, List(desk), "Cancel the test ESC-1");
        await desk.Passes(TimeSpan.FromSeconds(15));
        await desk.Types("lead", "/escalate team channel de here");
        await desk.Presses(Desk.Admin, List(desk), "Test Sev 1");
        desk.Mattermost.OpenDialogOf(Desk.Admin)
            .ShouldNotBeNull()
            .IntroductionText.ShouldContain("Its card comes to ~town-square");
        await desk.Submits(Desk.Admin);
        string.Join("\n", desk.ToldTo(Desk.Admin))
            .ShouldContain("as a test. Its card is in ~town-square.");
    }

    [Fact]
    public async Task U7_SET_1_A_test_Sev_1_reaches_whom_a_real_one_would_and_ends_by_a_press()
    {
        await using var desk = await Desk.Open();
        await desk.Types("lead", "/escalate duty @engineer");
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Test Sev 1");
        desk.Mattermost.OpenDialogOf(Desk.Admin)
            .ShouldNotBeNull()
            .IntroductionText.ShouldContain("@engineer is called now");
        desk.ToldTo("engineer")
            .ShouldNotContain(t => t.Contains("ESC-1", StringComparison.Ordinal));
        (await desk.Submits(Desk.Admin)).Closed.ShouldBeTrue();
        await desk.Passes(TimeSpan.FromSeconds(15));

        var test = await desk.Stored();
        (test.Severity, test.Summary).ShouldBe(
            (Severity.Sev1, "Test of the set-up: nothing is wrong")
        );
        test.Incident!.Channel.ShouldNotBeNull();
        desk.ToldTo("engineer").ShouldContain(t => t.Contains("ESC-1", StringComparison.Ordinal));
        List(desk).Buttons().ShouldNotContain("Test Sev 1");

        // Resolved it can't be cancelled any more, and another one can be raised.
        await desk.Types("engineer", "/escalate resolve ESC-1 It was a test");
        await desk.Passes(TimeSpan.FromSeconds(15));
        List(desk).Buttons().ShouldContain("Test Sev 1");
        await desk.Types("engineer", "/escalate reopen ESC-1 Once more");
        await desk.Passes(TimeSpan.FromSeconds(15));

        await desk.Presses(Desk.Admin, List(desk), "Cancel the test ESC-1");
        (await desk.Stored()).State.ShouldBe(EscalationState.Cancelled);
        await desk.Passes(TimeSpan.FromSeconds(15));
        List(desk).Buttons().ShouldContain("Test Sev 1");
        desk.Log.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task U7_SET_1_A_test_that_one_administrator_began_is_ended_by_another()
    {
        await using var desk = await Desk.Open();
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Test Sev 1");
        await desk.Submits(Desk.Admin);
        await desk.Passes(TimeSpan.FromSeconds(15));
        desk.Mattermost.AddUser("second-admin");
        await desk.Grants("second-admin", Sidecar.People.Role.Administrator);
        await desk.Types("second-admin", "/escalate setup");
        await desk.Presses(
            "second-admin",
            desk.MessagesTo("second-admin")
                .Last(p => p.Message.StartsWith(":compass:", StringComparison.Ordinal)),
            "Cancel the test ESC-1"
        );
        (await desk.Stored()).State.ShouldBe(EscalationState.Cancelled);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task U7_SET_1_Of_two_administrators_who_test_the_second_is_told_of_the_first(
        bool isAtOnce
    )
    {
        await using var desk = await Desk.Open();
        desk.Mattermost.AddUser("second-admin");
        await desk.Grants("second-admin", Sidecar.People.Role.Administrator);
        await desk.Types("second-admin", "/escalate setup");
        await desk.Types(Desk.Admin, "/escalate setup");
        await desk.Presses(Desk.Admin, List(desk), "Test Sev 1");
        var other = List(desk, "second-admin");
        if (isAtOnce)
        {
            await desk.Presses("second-admin", other, "Test Sev 1");
            await Task.WhenAll(
                desk.Mattermost.As(Desk.Admin).SubmitDialog(),
                desk.Mattermost.As("second-admin").SubmitDialog()
            );
            await desk.Settled();
            var told = desk.ToldTo(Desk.Admin).Concat(desk.ToldTo("second-admin")).ToList();
            told.Count(t => t.StartsWith("Raised as ESC-", StringComparison.Ordinal)).ShouldBe(1);
            told.Count(t => t.StartsWith("There is a test already: ", StringComparison.Ordinal))
                .ShouldBe(1);
        }
        else
        {
            await desk.Submits(Desk.Admin);
            var said = await desk.PressesLate("second-admin", other, "Test Sev 1");
            said.ShouldStartWith("There is a test already: [**ESC-");
            said.ShouldContain("/_redirect/pl/");
            said.ShouldContain("raised by @admin");
        }

        await desk.Passes(TimeSpan.FromSeconds(15));
        var raised = new[] { await desk.Find(1), await desk.Find(2) }.OfType<Escalation>().ToList();
        raised.ShouldHaveSingleItem().Summary.ShouldStartWith("Test of the set-up");
        List(desk, "second-admin").Buttons().ShouldContain($"Cancel the test {raised[0].Id}");
        desk.Log.Errors.ShouldBeEmpty();
    }

    private static Task<Post> Sends(Desk desk, string name, string rows = Rows) =>
        desk.Mattermost.As(Desk.Admin).PostFile(Room(desk), name, Encoding.UTF8.GetBytes(rows));

    private static string Room(Desk desk) =>
        desk.Mattermost.DirectChannel("escalate", Desk.Admin).Id;

    private static Post List(Desk desk, string who = Desk.Admin) =>
        desk.MessagesTo(who).Last(p => p.Message.StartsWith(":compass:", StringComparison.Ordinal));

    private static IReadOnlyList<Post> Offers(Desk desk) =>
        [
            .. desk.MessagesTo(Desk.Admin)
                .Where(p => p.Message.StartsWith("Shall I import", StringComparison.Ordinal)),
        ];

    private static async Task<decimal?> Arr(Desk desk) =>
        (await desk.Store.Find(Customer.Kind, "western-rail", Cancel))!.Value.Arr;

    private static async Task<bool> Known(Desk desk, string key) =>
        await desk.Store.Find(Customer.Kind, key, Cancel) is not null;
}
