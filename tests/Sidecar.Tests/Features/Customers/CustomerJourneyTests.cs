using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Editing;
using Sidecar.Features.Customers.Finding;
using Sidecar.Ids;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Sidecar.Tests.Rules.Forms;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>Customers as people meet them: forms, one-line commands, lists, timeline (CUS-1, CUS-2).</summary>
public sealed class CustomerJourneyTests
{
    [Fact]
    public async Task CUS_2_A_form_filled_with_what_was_typed_adds_a_customer()
    {
        await using var desk = await EmptyBook.Open();
        (await desk.Types("tam", "/escalate customer add Acme Labs")).Text.ShouldBeEmpty();
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form["name"].Default.ShouldBe("Acme Labs");
        form["key"].Default.ShouldBe("acme-labs");
        // Whoever adds it mostly owns it in their role.
        form["tam"].Default.ShouldBe("@tam");
        form["ce"].Default.ShouldBeEmpty();

        desk.Mattermost.As("tam").OnPhone = true;
        var outcome = await desk.Submits(
            "tam",
            ("key", "ABC"),
            ("phase", "Post-sales"),
            ("arr", "120k"),
            ("contract", "31 Jan 2026")
        );

        outcome.Closed.ShouldBeTrue(outcome.Error);
        var shown = (await desk.Types("tam", "/escalate customer show abc")).Text;
        shown.ShouldStartWith("#### Acme Labs `abc` · Post-sales");
        shown.ShouldContain("- **ARR in USD:** USD 120,000");
        shown.ShouldContain("- **Contract date:** 2026-01-31");
        shown.ShouldContain("- **TAM:** @tam");
        shown.ShouldContain("Not known yet: CE, CSM, AE. `/escalate customer edit abc owners`");
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    [Fact]
    public async Task CUS_2_One_line_adds_a_customer_and_the_same_delivery_adds_it_once()
    {
        await using var desk = await EmptyBook.Open();
        (await desk.Types("tam", "/escalate customer add abc “Acme Labs”")).Text.ShouldBe(
            "Acme Labs is added as `abc`. Add the rest with `/escalate customer edit abc`."
        );
        (await desk.Types("tam", "/escalate customer add abc \"Other\"")).Text.ShouldContain(
            "The key `abc` belongs to Acme Labs already."
        );
        (await desk.Types("tam", "/escalate customer add xyz \"ACME  labs\"")).Text.ShouldContain(
            "There is Acme Labs already, with the key `abc`"
        );
    }

    [Fact]
    public async Task ALL_2_A_refused_form_marks_every_field_and_keeps_what_was_typed()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme Labs");
        await desk.Types("tam", "/escalate customer add");
        desk.Mattermost.As("tam").OnPhone = true;
        var outcome = await desk.Submits(
            "tam",
            ("name", "acme labs"),
            ("key", "!!!"),
            ("arr", "€5"),
            ("contract", "01/02/2026"),
            ("ce", "@escalate")
        );
        outcome.Closed.ShouldBeFalse();
        outcome.FieldErrors.Keys.ShouldBe(["arr", "ce", "contract", "key"], ignoreOrder: true);
        outcome.FieldErrors["ce"].ShouldContain("is a bot");

        outcome = await desk.Submits(
            "tam",
            ("key", "new"),
            ("arr", "none"),
            ("contract", "-"),
            desk.Emptying("tam", "ce")
        );
        outcome.FieldErrors.Keys.ShouldBe(["name"]);
        outcome.FieldErrors["name"].ShouldBe("There is a customer of that name already: acme.");

        outcome = await desk.Submits("tam", ("name", "Acme Two"), ("key", "ACME"));
        outcome
            .FieldErrors["key"]
            .ShouldBe("This key belongs to Acme Labs already: write another one.");
    }

    [Fact]
    public async Task CUS_2_The_same_form_sent_five_times_adds_one_customer()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", "/escalate customer add Acme");
        var form = desk.Mattermost.OpenDialogOf("tam")!;
        var answers = new Dictionary<string, object?> { ["name"] = "Acme", ["key"] = "acme" };
        var sent = await Task.WhenAll(
            Enumerable
                .Range(0, 5)
                .Select(_ => desk.Mattermost.As("tam").SubmitRaw(form, answers, cancelled: false))
        );
        sent.ShouldAllBe(s => s.Closed);
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain("Customers (1)");
    }

    [Fact]
    public async Task CUS_2_The_form_shows_what_is_known_and_writes_what_changed()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme Labs");
        await desk.Types("tam", "/escalate customer set acme arr 90,000");
        await desk.Types("tam", "/escalate customer edit Acme Labs account");
        var form = desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull();
        form.Title.ShouldBe("Account · Acme Labs");
        form["name"].Default.ShouldBe("Acme Labs");
        form["arr"].Default.ShouldBe("90,000");
        form["phase"].Default.ShouldBe("none");

        (
            await desk.Submits(
                "tam",
                ("strategic", true),
                ("arr", "120,000"),
                ("zone", "europe/berlin")
            )
        ).Closed.ShouldBeTrue();

        var timeline = (await desk.Types("tam", "/escalate customer timeline acme")).Text;
        timeline.ShouldContain("@tam added Acme Labs.");
        timeline.ShouldContain("@tam changed ARR in USD: USD 90,000.");
        timeline.ShouldContain(
            "@tam changed Strategic: yes, ARR in USD from USD 90,000 to USD 120,000, Time zone: Europe/Berlin."
        );
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
    }

    [Fact]
    public async Task CUS_2_All_forms_can_be_shown_and_sent_as_they_are()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", new string('w', 80));
        await desk.Types("tam", "/escalate customer set acme tam me");
        await desk.Types(
            "tam",
            $"/escalate customer set acme crm https://crm.example.com/{new string('x', 400)}"
        );
        foreach (var form in CustomerForms.Words)
        {
            await desk.Types("tam", $"/escalate customer edit acme {form}");
            desk.Mattermost.OpenDialogOf("tam").ShouldNotBeNull(form);
            if (form != CustomerForms.Usage)
            {
                (await desk.Submits("tam")).Error.ShouldStartWith(
                    "Nothing was changed.",
                    customMessage: form
                );
            }
        }

        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        // Added, and set twice: forms sent as they were changed nothing.
        (await Facts(desk, "acme")).ShouldBe(3);
    }

    [Fact]
    public async Task CUS_2_Two_people_in_one_form_lose_nothing()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer edit acme");
        await desk.Types("lead", "/escalate customer edit acme");
        (await desk.Submits("lead", ("phase", "Pre-sales"))).Closed.ShouldBeTrue();

        (await desk.Submits("tam", ("arr", "70k"))).Closed.ShouldBeTrue();

        var acme = await Stored(desk, "acme");
        acme.Phase.ShouldBe(CustomerPhase.PreSales);
        acme.Arr.ShouldBe(70_000);
        // It is answered where it was typed, whatever others did meanwhile.
        desk.ToldTo("tam").ShouldBeEmpty();
        desk.Mattermost.EphemeralsOf("tam")[^1]
            .Message.ShouldBe(
                "Acme: ARR in USD is USD 70,000 now.\nWhile your form was open, others changed Phase: Pre-sales (@lead was the last); that stays."
            );

        await desk.Types("tam", "/escalate customer edit acme");
        await desk.Types("lead", "/escalate customer archive acme");
        await desk.Submits("tam", ("arr", "80k"));
        desk.Mattermost.EphemeralsOf("tam")[^1].Message.ShouldContain("Acme is archived");
    }

    [Fact]
    public async Task CUS_2_Who_changed_the_same_field_is_shown_the_other_value_and_decides()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer edit acme");
        await desk.Types("lead", "/escalate customer edit acme");
        (await desk.Submits("lead", ("arr", "80k"), ("zone", "UTC"))).Closed.ShouldBeTrue();

        var refused = await desk.Submits("tam", ("arr", "70k"), ("phase", "Pre-sales"));

        refused.Closed.ShouldBeFalse();
        refused
            .FieldErrors.ShouldHaveSingleItem()
            .ShouldBe(
                new(
                    "arr",
                    "While this form was open it was changed to USD 80,000 (@lead was the last). Save again to put yours in its place."
                )
            );
        (await Stored(desk, "acme")).Phase.ShouldBeNull();

        // A third value, which has not been seen yet, is shown as well.
        await desk.Types("lead", "/escalate customer set acme arr 85k");
        (await desk.Submits("tam", ("arr", "70k"), ("phase", "Pre-sales")))
            .FieldErrors["arr"]
            .ShouldContain("USD 85,000");
        (await desk.Submits("tam", ("arr", "70k"), ("phase", "Pre-sales"))).Closed.ShouldBeTrue();

        var acme = await Stored(desk, "acme");
        acme.Arr.ShouldBe(70_000);
        acme.Phase.ShouldBe(CustomerPhase.PreSales);
        acme.TimeZone.ShouldBe("UTC");
    }

    [Theory]
    [InlineData("arr 120k", "Acme: ARR in USD is USD 120,000 now.")]
    [InlineData("ARR 120k", "Acme: ARR in USD is USD 120,000 now.")]
    [InlineData("time-zone Europe/Paris", "Acme: Time zone is Europe/Paris now.")]
    [InlineData("strategic yes", "Acme: Strategic is yes now.")]
    [InlineData("phase post sales", "Acme: Phase is Post-sales now.")]
    [InlineData("tam @engineer", "Acme: TAM is @engineer now.")]
    [InlineData("csm me", "Acme: CSM is @tam now.")]
    [InlineData("hosting -", "Acme has that already: Hosting provider is not known.")]
    [InlineData("name Acme Ltd", "Acme Ltd: Name is Acme Ltd now; it was Acme.")]
    public async Task CUS_2_One_line_sets_one_field(string line, string answer)
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme");
        (await desk.Types("tam", $"/escalate customer set acme {line}")).Text.ShouldBe(answer);
    }

    [Theory]
    [InlineData("arr much", "“much” is not an amount", "`/escalate customer set acme arr 120,000`")]
    [InlineData(
        "contrct today",
        "Did you mean Contract date?",
        "customer set acme contract today`"
    )]
    [InlineData(
        "colour blue",
        "Fields are: `name`",
        "You typed: `/escalate customer set acme colour"
    )]
    [InlineData("tam @nobody", "There is nobody called", "customer set acme tam @tam`")]
    [InlineData("ce @escalate", "is a bot", "customer set acme ce @ce`")]
    [InlineData("name -", "Name can’t be empty", "customer set acme name")]
    [InlineData("crm example.com", "begins with https://", "customer set acme crm https://")]
    public async Task ALL_2_A_refused_line_says_what_would_be_right(
        string line,
        string why,
        string instead
    )
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme");
        var answer = (await desk.Types("tam", $"/escalate customer set acme {line}")).Text;
        answer.ShouldContain(why);
        answer.ShouldContain(instead);
    }

    [Fact]
    public async Task ALL_2_A_misspelt_customer_or_command_is_answered_with_the_line_to_send()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme Labs");
        (await desk.Types("tam", "/escalate customer set amce arr 5k")).Text.ShouldBe(
            "There is no customer “amce”. Did you mean this one?\n- Acme Labs: `/escalate customer set acme arr 5k`"
        );
        (await desk.Types("tam", "/escalate customer lsit")).Text.ShouldContain(
            "Did you mean `/escalate customer list`?"
        );
        (await desk.Types("tam", "/escalate customer show Zebra")).Text.ShouldBe(
            "There is no customer “Zebra”. `/escalate customer list` shows all that there are."
        );
        (await desk.Types("tam", "/escalate customer acme labs")).Text.ShouldStartWith(
            "#### Acme Labs"
        );
    }

    [Fact]
    public async Task ALL_3_ARR_is_for_people_with_a_role_of_the_field_only()
    {
        await using var desk = await EmptyBook.Open();
        desk.Mattermost.AddUser("visitor");
        await desk.Meets("visitor");
        await Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer set acme arr 120,000");
        foreach (var command in (string[])["list", "show acme", "timeline acme", "seats", "acme"])
        {
            (await desk.Types("engineer", $"/escalate customer {command}")).Text.ShouldNotBeEmpty();
            var refused = (await desk.Types("visitor", $"/escalate customer {command}")).Text;
            refused.ShouldNotContain("120,000");
            refused.ShouldContain("To read customers you need one of the roles");
        }

        (await desk.Types("engineer", "/escalate customer set acme arr 5")).Text.ShouldNotContain(
            "now"
        );
        (await Stored(desk, "acme")).Arr.ShouldBe(120_000);
        // An engineer may read, not archive.
        await desk.Types("engineer", "/escalate customer archive acme");
        (await Stored(desk, "acme")).IsArchived.ShouldBeFalse();
    }

    [Fact]
    public async Task ALL_6_What_was_typed_pings_nobody()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", "/escalate customer add x \"@all | **x**\"");
        var shown = (await desk.Types("tam", "/escalate customer list")).Text;
        shown.ShouldContain("@\u200Ball \\| \\*\\*x\\*\\*");
    }

    [Fact]
    public async Task CUS_1_Lists_are_in_the_order_of_names_and_go_on_where_they_ended()
    {
        await using var desk = await EmptyBook.Open();
        foreach (var i in Enumerable.Range(1, 23))
        {
            await Add(desk, $"k{i:00}", i == 23 ? "Ärzte Acme" : $"acme {i:00} acme");
        }

        var first = (await desk.Types("tam", "/escalate customer list")).Text;
        first.ShouldContain("Customers (23)");
        first
            .IndexOf("acme 01", StringComparison.Ordinal)
            .ShouldBeLessThan(first.IndexOf("acme 02", StringComparison.Ordinal));
        first.ShouldContain("More: `/escalate customer list after k20`");
        var second = (await desk.Types("tam", "/escalate customer list after k20")).Text;
        second.ShouldContain("acme 21");
        second.ShouldContain("Ärzte");
        second.ShouldNotContain("acme 20");

        var found = (await desk.Types("tam", "/escalate customer list acm")).Text;
        found.ShouldContain("More: `/escalate customer list acm after k20`");
        var rest = (await desk.Types("tam", "/escalate customer list acm after k20")).Text;
        rest.Split('\n').Count(l => l.StartsWith("| **", StringComparison.Ordinal)).ShouldBe(3);
        (await desk.Types("tam", "/escalate customer list arzt")).Text.ShouldContain("Ärzte Acme");
        (await desk.Types("tam", "/escalate customer list acme 07")).Text.ShouldContain("acme 07");
    }

    [Fact]
    public async Task CUS_1_Archived_customers_are_kept_but_not_offered()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer set acme csm me");
        (await desk.Types("tam", "/escalate customer archive acme")).Text.ShouldStartWith(
            "Acme is archived."
        );
        (await desk.Types("tam", "/escalate customer archive acme")).Text.ShouldBe(
            "Acme is archived already."
        );
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain("none");
        (await desk.Types("tam", "/escalate customer list mine")).Text.ShouldContain("none");
        (await desk.Types("tam", "/escalate customer list archived")).Text.ShouldContain("Acme");
        (await desk.Types("tam", "/escalate customer show acme")).Text.ShouldContain(
            "**archived**"
        );
        (await desk.Types("tam", "/escalate customer unarchive acme")).Text.ShouldBe(
            "Acme is back among the customers."
        );
        (await desk.Types("tam", "/escalate customer list mine")).Text.ShouldContain("**Acme**");
    }

    [Fact]
    public async Task CUS_1_A_renamed_customer_is_found_by_its_new_name()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer set acme name Zeta Works");
        var book = new CustomerStore(desk.Store, desk.Parts.GetRequiredService<RoleStore>());
        var cancel = TestContext.Current.CancellationToken;
        (await book.Known("zeta  works", cancel))!.Key.Value.ShouldBe("acme");
        (await book.Find("Acme", cancel))!.Value.Known!.Name.ShouldBe("Zeta Works");
        (await book.Find("Beta", cancel)).ShouldBe((new CustomerKey("beta"), null));
    }

    [Fact]
    public async Task CUS_1_M1_A_renamed_customer_is_found_by_the_names_of_before()
    {
        await using var desk = await EmptyBook.Open();
        await Add(desk, "harbour", "Harbour Logistics");
        // Chosen by its name in a form that stays open.
        await desk.Types("tam", "/escalate new");
        await desk.Types("tam", "/escalate customer set harbour name Seaport Group");
        (
            await desk.Submits(
                "tam",
                ("customer", "Harbour Logistics"),
                ("severity", "sev4"),
                ("summary", "Slow reports")
            )
        ).Accepted.ShouldBeTrue();
        (await desk.Types("tam", "/escalate show ESC-1")).Text.ShouldContain("Seaport Group");

        await desk.Types("tam", "/escalate customer set harbour name Port Group");
        (await desk.Types("tam", "/escalate customer show harbour LOGISTICS")).Text.ShouldStartWith(
            "#### Port Group `harbour`"
        );

        // A name is whose it is now.
        (
            await desk.Types("tam", "/escalate customer add pier \"Harbour Logistics\"")
        ).Text.ShouldStartWith("Harbour Logistics is added as `pier`.");
        (await desk.Types("tam", "/escalate customer show Harbour Logistics")).Text.ShouldStartWith(
            "#### Harbour Logistics `pier`"
        );
        (await desk.Types("tam", "/escalate customer show Seaport Group")).Text.ShouldStartWith(
            "#### Port Group `harbour`"
        );
    }

    [Fact]
    public async Task CUS_1_Customers_of_the_first_release_are_read_listed_and_changed()
    {
        await using var desk = await EmptyBook.Open();
        await StoreAsFirstRelease(desk, "old", "Old Customer");
        await desk.RestartSidecar();

        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain("**Old Customer**");
        (await desk.Types("tam", "/escalate customer show old")).Text.ShouldStartWith(
            "#### Old Customer `old`"
        );
        (await desk.Types("tam", "/escalate customer timeline old")).Text.ShouldContain(
            "@lead added Old Customer."
        );
        (await desk.Types("tam", "/escalate customer set old arr 60k")).Text.ShouldContain("now");
    }

    [Fact]
    public void CUS_1_Every_change_sets_off_whoever_waits_for_it()
    {
        var now = Desk.Morning;
        var acme = new Customer(new CustomerKey("acme"), "Acme", now, new UserId("somebody"));
        var change = new Change(now, "test");
        var post = new CustomerPost(new CustomerSettings(), now);
        post.Introduce(change, acme, new UserId("somebody"));
        change.ToCommit().Due.ShouldContain(new DueTime(Customer.Changed, "acme", now));

        // That days pass changes nothing that anybody decided.
        change = new Change(now, "test");
        post.File(change, acme, null, []);
        change.ToCommit().Due.ShouldNotContain(due => due.Kind == Customer.Changed);
    }

    [Fact]
    public async Task ESC_2_What_waits_for_a_customer_goes_on_when_it_is_told()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Types("tam", "/escalate new acme sev3 deployment Slow search");
        (await desk.Types("tam", "/escalate show ESC-1")).Text.ShouldContain("eeds information");
        await Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer set acme arr 60k");
        (await desk.Types("tam", "/escalate show ESC-1")).Text.ShouldNotContain("eeds information");
    }

    internal static Task Add(Desk desk, string key, string name) =>
        desk.Types("tam", $"/escalate customer add {key} \"{name}\"");

    internal static async Task<Customer> Stored(Desk desk, string key) =>
        (await desk.Store.Find(Customer.Kind, key, TestContext.Current.CancellationToken))!.Value;

    private static async Task<int> Facts(Desk desk, string key) =>
        (
            await desk.Store.Engine.ReadAudit(
                Customer.Subject(new CustomerKey(key)),
                0,
                100,
                TestContext.Current.CancellationToken
            )
        ).Count;

    private static async Task StoreAsFirstRelease(Desk desk, string key, string name)
    {
        var body = System.Text.Encoding.UTF8.GetBytes(
            $$"""{"key":"{{key}}","name":"{{name}}","addedAt":"2026-01-01T00:00:00+00:00","addedBy":"{{desk.IdOf("lead").Value}}"}"""
        );
        var committed = await desk.Store.Engine.Commit(
            new StoreCommit
            {
                Documents = [new DocumentWrite(new DocumentKey("customer", key), 0, body, [])],
            },
            TestContext.Current.CancellationToken
        );
        committed.ShouldBeOfType<CommitOutcome.Committed>();
        // The first release did not note how it filed.
        var filing = (
            await desk.Store.Find(Filing.Kind, "customer", TestContext.Current.CancellationToken)
        )!;
        await desk.Store.Commit(
            new Change(desk.Clock.GetUtcNow(), "test").Delete(Filing.Kind, filing),
            TestContext.Current.CancellationToken
        );
    }
}
