using System.Text;
using Mattermost.Simulator;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Features.Customers.Changes;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Import;
using Sidecar.People;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>Customers from files (CUS-2): in chat, through the door.</summary>
public sealed class CustomerImportTests
{
    [Fact]
    public async Task CUS_2_Good_rows_are_kept_and_bad_ones_reported_by_line()
    {
        await using var desk = await EmptyBook.Open();
        await Imports(
            desk,
            """
            key,name,arr_usd,contract_date,tam,measured_on,seats_purchased,mau
            acme,Acme Labs,"120,000",2026-01-31,@tam,2026-02-01,500,300
            beta,Beta,€5,01/02/2026,@nobody,,,
            gamma,,60k,,,,,
            ,Delta Inc,,,engineer,,,

            eps,Epsilon,,,@escalate,,,
            zeta,Zeta,,,,,500,
            """
        );

        var told = desk.ToldTo("tam").ShouldHaveSingleItem();
        told.ShouldStartWith(
            "**Import of customers**: of 6 rows 2 were added, 0 changed, 0 unchanged, 4 refused."
        );
        told.ShouldContain("- Line 3 refused: arr\\_usd: ARR is kept in USD");
        told.ShouldContain("contract\\_date: “01/02/2026” can be read in two ways");
        told.ShouldContain(
            "- Line 4 `gamma` refused: There is no customer “gamma”, and a new one needs a name"
        );
        told.ShouldContain("- Line 7 refused: ce: @\u200Bescalate is a bot".Replace("ce:", "tam:"));
        told.ShouldContain("- Line 8 refused: measured\\_on: Figures need the day");

        var acme = await CustomerJourneyTests.Stored(desk, "acme");
        acme.Name.ShouldBe("Acme Labs");
        acme.Arr.ShouldBe(120_000);
        acme.TechnicalAccountManager.ShouldBe(desk.IdOf("tam"));
        acme.Figures.Mau.ShouldBe(new Counted(300, new DateOnly(2026, 2, 1)));
        (await CustomerJourneyTests.Stored(desk, "delta-inc")).Name.ShouldBe("Delta Inc");
        (await desk.Types("tam", "/escalate customer timeline acme")).Text.ShouldContain(
            "@tam added Acme Labs with ARR in USD: USD 120,000, Contract date: 2026-01-31, TAM: @tam."
        );
    }

    [Fact]
    public async Task CUS_2_Importing_again_updates_by_key_and_the_same_file_changes_nothing()
    {
        await using var desk = await EmptyBook.Open();
        const string First = """
            key,name,arr_usd,hosting_provider
            acme,Acme,50000,AWS
            beta,Beta,70000,
            """;
        await Imports(desk, First);
        await Imports(desk, First);
        desk.ToldTo("tam")[1].ShouldContain("of 2 rows 0 were added, 0 changed, 2 unchanged");

        // Only columns that are there; empty leaves, a hyphen takes away.
        await Imports(
            desk,
            """
            ARR_USD;key;Hosting Provider
            ;ACME;-
            80000;beta;
            """
        );

        desk.ToldTo("tam")[2].ShouldContain("0 were added, 2 changed, 0 unchanged, 0 refused");
        var acme = await CustomerJourneyTests.Stored(desk, "acme");
        acme.Arr.ShouldBe(50_000);
        acme.HostingProvider.ShouldBeNull();
        (await CustomerJourneyTests.Stored(desk, "beta")).Arr.ShouldBe(80_000);
        (await desk.Types("tam", "/escalate customer timeline acme")).Text.ShouldContain(
            "@tam changed Hosting provider from AWS to –."
        );
    }

    [Fact]
    public async Task CUS_2_A_dry_run_tells_what_would_happen_and_writes_nothing()
    {
        await using var desk = await EmptyBook.Open();
        await CustomerJourneyTests.Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer set acme arr 50k");
        await Imports(
            desk,
            """
            key,name,arr_usd
            acme,Acme,60000
            acme,Acme,70000
            beta,Beta,1
            beta,Beta,2
            gone,,5
            """,
            "dry-run"
        );

        var told = desk.ToldTo("tam").ShouldHaveSingleItem();
        told.ShouldStartWith(
            "**Dry run of an import of customers**: nothing was changed. Of 5 rows 1 would be added, 3 changed, 0 unchanged, 1 refused."
        );
        told.ShouldContain(
            "- Line 2 `acme` would change: ARR in USD from USD 50,000 to USD 60,000"
        );
        told.ShouldContain(
            "- Line 3 `acme` would change: ARR in USD from USD 60,000 to USD 70,000"
        );
        told.ShouldContain("- Line 4 `beta` would be added");
        told.ShouldContain("- Line 5 `beta` would change: ARR in USD from USD 1 to USD 2");
        told.ShouldContain("- Line 6 `gone` refused");
        (await CustomerJourneyTests.Stored(desk, "acme")).Arr.ShouldBe(50_000);
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain("Customers (1)");
    }

    [Fact]
    public async Task CUS_2_What_can_only_be_known_from_the_store_is_refused_by_line_too()
    {
        await using var desk = await EmptyBook.Open();
        await CustomerJourneyTests.Add(desk, "acme", "Acme");
        await desk.Types("tam", "/escalate customer measure acme mau 10 on 2026-02-01");
        await desk.Grants("engineer", Sidecar.People.Role.AccountExecutive);
        await Imports(
            desk,
            """
            key,name,measured_on,dau,archived
            other,ACME,,,
            acme,,2026-02-01,11,
            acme,,2026-03-03,1,
            acme,,,,yes
            new,New,,,
            newer,new,,,
            """,
            by: "engineer"
        );
        var told = desk.ToldTo("engineer").ShouldHaveSingleItem();
        told.ShouldContain(
            "Line 2 `other` refused: There is a customer of that name already: acme"
        );
        told.ShouldContain(
            "Line 3 `acme` refused: On 2026-02-01, DAU (11) would be more than MAU (10)"
        );
        told.ShouldContain("Line 4 `acme` refused: 2026-03-03 has not come yet");
        told.ShouldContain("Line 5 `acme` refused: Archiving customers");
        told.ShouldContain("Line 7 `newer` refused: There is a customer of that name already: new");
        told.ShouldContain("1 were added, 0 changed, 0 unchanged, 5 refused");
    }

    [Fact]
    public async Task CUS_2_The_history_comes_in_any_order_and_CE_and_TAM_get_one_message()
    {
        await using var desk = await EmptyBook.Open();
        var file = new StringBuilder(
            "key,name,tam,production_completed,measured_on,seats_purchased,mau\n"
        );
        foreach (var i in Enumerable.Range(1, 40))
        {
            file.Append(null, $"k{i},Customer {i},@engineer,2026-02-20,2026-02-25,100,10\n");
            file.Append(null, $"k{i},,,,2026-02-22,,12\n");
        }

        await Imports(desk, file.ToString());

        var customer = await CustomerJourneyTests.Stored(desk, "k7");
        customer.Figures.Mau.ShouldBe(new Counted(10, new DateOnly(2026, 2, 25)));
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("40 were added, 40 changed");
        var news = desk.ToldTo("engineer").ShouldHaveSingleItem();
        news.ShouldContain("**Customer 1**: It misses its adoption target");
        news.ShouldContain("And 10 more");
    }

    [Fact]
    public async Task CUS_2_A_long_report_comes_as_a_file()
    {
        await using var desk = await EmptyBook.Open();
        var file = new StringBuilder("key,name,arr_usd\n");
        foreach (var i in Enumerable.Range(1, 30))
        {
            file.Append(null, $"k{i},Customer {i},=bad{i}\n");
        }

        await Imports(desk, file.ToString());

        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("30 refused");
        var post = desk.Mattermost.Posts(desk.Mattermost.DirectChannel("escalate", "tam").Id)[^1];
        desk.Mattermost.FileNamesOf(post).ShouldBe(["customers-import-2026-03-02.csv"]);
        var text = Encoding.UTF8.GetString(desk.Mattermost.FileOf(post));
        text.ShouldContain("line,key,outcome,what");
        text.Split('\n').Count(l => l.Contains(",refused,", StringComparison.Ordinal)).ShouldBe(30);
    }

    [Theory]
    [InlineData("shade,colour\na,b\n", "None of its columns is known")]
    [InlineData("arr_usd\n5\n", "It names no customer")]
    [InlineData("", "The file is empty")]
    public async Task CUS_2_A_file_that_is_no_list_of_customers_is_refused_with_the_reason(
        string content,
        string why
    )
    {
        await using var desk = await EmptyBook.Open();
        await Imports(desk, content);
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain(why);
    }

    [Fact]
    public async Task CUS_2_What_is_no_link_and_what_is_no_file_is_said()
    {
        await using var desk = await EmptyBook.Open();
        (await desk.Types("tam", "/escalate customer import customers.csv")).Text.ShouldContain(
            "is not a link to a message"
        );
        var post = await desk.Mattermost.As("tam").Post(Desk.Square, "no file here");
        await desk.Types("tam", $"/escalate customer import {Link(desk, post)}");
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("There is no file attached");
    }

    [Fact]
    public async Task CUS_2_Only_who_is_in_the_channel_gets_at_its_files()
    {
        await using var desk = await EmptyBook.Open();
        desk.Mattermost.AddChannel("private", type: "P", members: ["lead", "escalate"]);
        var post = await Posted(desk, "lead", "key,name\nsecret,Secret\n", "private");
        await desk.Types("tam", $"/escalate customer import {Link(desk, post)}");
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("no message behind that link");
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain("none");
    }

    [Fact]
    public async Task X9_Who_may_not_import_any_more_when_it_runs_imports_nothing()
    {
        await using var desk = await EmptyBook.Open();
        var job = new ImportJob(
            "act",
            desk.IdOf("tam"),
            Link(desk, await Posted(desk, "tam", "key,name\na,A\nb,B\n")),
            new DateOnly(2026, 3, 2),
            MayArchive: true,
            IsDryRun: false
        );
        await desk.Revokes("tam", Role.TechnicalAccountManager);
        await desk.Store.Commit(
            new Change(desk.Clock.GetUtcNow(), "test")
                .Add(ImportJob.Kind, job.Id, job)
                .Due(RunImport.Kind, job.Id, desk.Clock.GetUtcNow()),
            TestContext.Current.CancellationToken
        );
        await desk.Passes(TimeSpan.FromSeconds(1));
        desk.ToldTo("tam")
            .ShouldHaveSingleItem()
            .ShouldStartWith("Nothing was imported. To import customers you need");
        (await desk.Types("lead", "/escalate customer list")).Text.ShouldContain("none");
    }

    [Fact]
    public async Task X9_A_role_that_goes_in_the_middle_ends_it_with_the_batch_that_is_put_together()
    {
        await using var desk = await EmptyBook.Open();
        var import = desk.Parts.GetRequiredService<CustomerImport>();
        var roles = desk.Parts.GetRequiredService<RoleStore>();
        var tam = desk.IdOf("tam");
        var cancel = TestContext.Current.CancellationToken;
        using var content = new MemoryStream("key,name\na,A\nb,B\n"u8.ToArray());
        var file = await CustomerFile.Read(
            content,
            new DateOnly(2026, 3, 2),
            desk.Parts.GetRequiredService<PeopleDirectory>(),
            cancel
        );
        Refusal? why = null;
        var asked = 0;
        var (taken, _) = await import.Take(
            [.. file.Groups],
            FileNames.Of(file),
            new Importer(tam, tam, MayArchive: false),
            isDryRun: false,
            also: null,
            cancel,
            async change =>
            {
                why = await roles.CheckWithin(change, CustomerRights.Import, tam, cancel);
                if (asked++ == 0)
                {
                    // Between the question and the commit: then the commit fails, and it is asked again.
                    await desk.Revokes("tam", Role.TechnicalAccountManager);
                }

                return why is null;
            }
        );
        taken.ShouldBe(0);
        asked.ShouldBe(2);
        why.ShouldBeOfType<NotPermitted>();
        (await desk.Types("lead", "/escalate customer list")).Text.ShouldContain("none");
    }

    [Fact]
    public async Task CUS_2_An_import_goes_on_after_a_restart_and_is_swept_out_later()
    {
        await using var desk = await EmptyBook.Open();
        var job = new ImportJob(
            "act",
            desk.IdOf("tam"),
            Link(desk, await Posted(desk, "tam", "key,name\na,A\nb,B\nc,C\n")),
            new DateOnly(2026, 3, 2),
            MayArchive: true,
            IsDryRun: false
        )
        {
            // As it was when the process ended after its first customer.
            HasBegun = true,
            Taken = 1,
            Added = 1,
        };
        await desk.Store.Commit(
            new Change(desk.Clock.GetUtcNow(), "test")
                .Add(ImportJob.Kind, job.Id, job)
                .Due(RunImport.Kind, job.Id, desk.Clock.GetUtcNow()),
            TestContext.Current.CancellationToken
        );
        await desk.RestartSidecar();
        await desk.Settled();
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("of 3 rows 3 were added");
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain("Customers (2)");

        await desk.Passes(TimeSpan.FromDays(8));
        (
            await desk.Store.Find(ImportJob.Kind, job.Id, TestContext.Current.CancellationToken)
        ).ShouldBeNull();
        desk.ToldTo("tam").Count.ShouldBe(1);
    }

    [Fact]
    public async Task CUS_2_What_is_exported_can_be_imported_and_changes_nothing()
    {
        await using var desk = await EmptyBook.Open();
        await CustomerJourneyTests.Add(desk, "acme", "=Acme, Labs");
        foreach (
            var line in (string[])
                [
                    "phase pre-sales",
                    "strategic yes",
                    "arr 120000.50",
                    "contract 2026-01-31",
                    "production 2026-02-01",
                    "zone Europe/Berlin",
                    "method Kubernetes",
                    "hosting -own-",
                    "deployment non-standard",
                    "tam @tam",
                    "ce @engineer",
                    "crm https://crm.example.com/1",
                    "designs https://a.test/1 https://a.test/2",
                ]
        )
        {
            await desk.Types("tam", $"/escalate customer set acme {line}");
        }

        await desk.Types("tam", "/escalate customer measure acme seats 80/100 mau 90 dau 40");
        var version = await Version(desk);
        foreach (var table in (string[])["customers", "measurements"])
        {
            await desk.Types("tam", $"/escalate export {table}");
            var sent = desk.Mattermost.Posts(desk.Mattermost.DirectChannel("escalate", "tam").Id)[
                ^1
            ];
            await Imports(desk, Encoding.UTF8.GetString(desk.Mattermost.FileOf(sent)));
            desk.ToldTo("tam")[^1]
                .ShouldContain(
                    "of 1 rows 0 were added, 0 changed, 1 unchanged",
                    customMessage: table
                );
        }

        (await Version(desk)).ShouldBe(version);
    }

    private static async Task<long> Version(Desk desk) =>
        (
            await desk.Store.Find(Customer.Kind, "acme", TestContext.Current.CancellationToken)
        )!.Version;

    private static Task<Post> Posted(
        Desk desk,
        string by,
        string content,
        string channel = Desk.Square
    ) => desk.Mattermost.As(by).PostFile(channel, "customers.csv", Encoding.UTF8.GetBytes(content));

    private static string Link(Desk desk, Post post) =>
        new Uri(desk.Mattermost.Url, $"/{Desk.Team}/pl/{post.Id}").ToString();

    private static async Task Imports(
        Desk desk,
        string content,
        string more = "",
        string by = "tam"
    )
    {
        var post = await Posted(desk, by, content);
        var answer = await desk.Types(
            by,
            $"/escalate customer import {Link(desk, post)} {more}".TrimEnd()
        );
        answer.Text.ShouldStartWith("I am reading that file");
        await desk.Passes(TimeSpan.FromSeconds(1));
    }
}
