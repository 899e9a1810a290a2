using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Shouldly;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Import;
using Sidecar.Storage;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>Rows at which the program fails, and keys that become one key (CUS-2, T8): always told, by line.</summary>
public sealed class ImportFaultTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Fact]
    public async Task T8_A_row_at_which_the_program_fails_is_named_and_the_others_are_taken()
    {
        await using var desk = await EmptyBook.Open();
        await Breaks(desk, "beta");
        await Imports(desk, "key,name\nacme,Acme\nbeta,Beta\ngamma,Gamma\n");
        var told = desk.ToldTo("tam").ShouldHaveSingleItem();
        told.ShouldContain("of 3 rows 2 were added, 0 changed, 0 unchanged, 1 refused");
        told.ShouldContain(
            "- Line 3 `beta` refused: I failed at it, which is a fault of mine (ref "
        );
        desk.Log.Errors.ShouldContain(l =>
            l.Contains("An import failed at the customer of line 3", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task T8_A_cell_at_which_reading_fails_is_that_rows_alone()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes("a\n1\n2\n3\n"));
        var column = new CsvHeading("a");
        var read = await CsvTable.Read(
            file,
            [column],
            row =>
                row.Text(column) == "2" ? throw new InvalidOperationException() : row.Text(column),
            null,
            TestContext.Current.CancellationToken
        );
        read.Records.Select(r => r.Value).ShouldBe(["1", "3"]);
        read.Problems.ShouldHaveSingleItem()
            .ToString()
            .ShouldStartWith("Line 3: I failed at this row");
        read.Fault!.Value.Line.ShouldBe(3);
    }

    [Fact]
    public async Task T8_Whoever_sent_a_file_is_told_when_its_import_can_not_go_on()
    {
        await using var desk = await EmptyBook.Open();
        await Begins(desk, new ImportJob("act", desk.IdOf("tam"), null!, Today, true, false));
        await desk.Passes(TimeSpan.FromMinutes(5));
        desk.ToldTo("tam")
            .ShouldHaveSingleItem()
            .ShouldStartWith(
                "**The import of customers did not come to its end**: I failed at it 3 times (ref "
            );
        desk.Log.Errors.ShouldContain(l =>
            l.Contains("Import act failed", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task T8_An_import_that_ends_the_process_is_not_begun_for_ever()
    {
        await using var desk = await EmptyBook.Open();
        await Begins(
            desk,
            new ImportJob(
                "act",
                desk.IdOf("tam"),
                "https://x.y/ops/pl/" + new string('a', 26),
                Today,
                true,
                false
            )
            {
                HasBegun = true,
                Taken = 2,
                Added = 2,
                Tries = 3,
            }
        );
        await desk.RestartSidecar();
        await desk.Settled();
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldContain("Of the first 2 rows 2 were added");
    }

    [Fact]
    public async Task T8_Keys_that_become_one_key_are_named_by_line_and_refused()
    {
        await using var desk = await EmptyBook.Open();
        var longKey = new string('k', 40);
        await Imports(
            desk,
            $"""
            key,name
            acme,Acme
            +acme,Other
            "1,200",Twelve
            1.200,Dozen
            {longKey}-one,Long One
            {longKey}-two,Long Two
            beta,Beta
            BETA,
            ,A+B
            a-b,Ab Corp
            """
        );
        var told = desk.ToldTo("tam").ShouldHaveSingleItem();
        told.ShouldContain("2 were added, 0 changed, 1 unchanged, 7 refused");
        foreach (var line in (int[])[2, 3, 4, 5, 6, 7])
        {
            told.ShouldContain($"- Line {line} refused: key: “");
        }

        told.Replace("\\", "", StringComparison.Ordinal)
            .ShouldContain("“acme” and “+acme” in line 3 would become one key, “acme”");
        told.ShouldContain(
            "- Line 10 refused: Its name would become the key “a-b”, which line 11 gives to “Ab Corp”"
        );
    }

    [Fact]
    public async Task T8_A_key_that_becomes_that_of_somebody_else_renames_nobody()
    {
        await using var desk = await EmptyBook.Open();
        await CustomerJourneyTests.Add(desk, "acme", "Acme");
        await Imports(desk, "key,name\n+acme,Other\n!acme,\n");
        await Imports(desk, "key,name\n+acme,ACME\n");
        desk.ToldTo("tam")[0].ShouldContain("0 were added, 0 changed, 0 unchanged, 2 refused");
        desk.ToldTo("tam")[1].ShouldContain("0 refused");
        (await CustomerJourneyTests.Stored(desk, "acme")).Name.ShouldBe("ACME");
        (await desk.Types("tam", "/escalate customer add +acme \"Other\"")).Text.ShouldContain(
            "“\\+acme” would be the key `acme`, which belongs to ACME already"
        );
    }

    [Theory]
    [InlineData("#REF!")]
    [InlineData("#N/A")]
    [InlineData("#NAME?")]
    [InlineData("#NOM?")]
    [InlineData("#BEZUG!")]
    [InlineData("#¡REF!")]
    [InlineData("#¿NOMBRE?")]
    [InlineData("#DZIEL/0!")]
    [InlineData("#ССЫЛКА!")]
    [InlineData("#NV")]
    [InlineData("Err:502")]
    [InlineData("TRUE")]
    [InlineData("false")]
    [InlineData("WAHR")]
    [InlineData("=A1")]
    [InlineData("=CONCAT(A1;B1)")]
    [InlineData("####")]
    public async Task T8_What_a_spreadsheet_writes_is_no_key_and_no_name(string cell)
    {
        foreach (var row in (string[])[$"\"{cell}\",Acme", $"acme,\"{cell}\""])
        {
            using var file = new MemoryStream(Encoding.UTF8.GetBytes($"key,name\n{row}\n"));
            var read = await CsvTable.Read(
                file,
                CustomerColumns.Taken,
                r => CustomerRow.Read(r, Today),
                null,
                TestContext.Current.CancellationToken
            );
            read.Records.ShouldBeEmpty();
            read.Problems[0].Line.ShouldBe(2);
        }
    }

    [Theory]
    [InlineData("Vero")]
    [InlineData("#Team")]
    [InlineData("True North")]
    [InlineData("'=Equals")]
    public async Task T8_Names_that_only_look_like_it_are_names(string cell)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes($"name\n{cell}\n"));
        var read = await CsvTable.Read(
            file,
            CustomerColumns.Taken,
            r => CustomerRow.Read(r, Today),
            null,
            TestContext.Current.CancellationToken
        );
        read.Problems.ShouldBeEmpty();
    }

    private static async Task Breaks(Desk desk, string key) =>
        await desk.Store.Commit(
            new Change(desk.Clock.GetUtcNow(), "test").Add(
                new DocumentKind<Dictionary<string, int>>(
                    Customer.Kind.Name,
                    (JsonTypeInfo<Dictionary<string, int>>)
                        JsonSerializerOptions.Default.GetTypeInfo(typeof(Dictionary<string, int>))
                ),
                key,
                new Dictionary<string, int> { ["key"] = 5 }
            ),
            TestContext.Current.CancellationToken
        );

    private static async Task Begins(Desk desk, ImportJob job) =>
        await desk.Store.Commit(
            new Change(desk.Clock.GetUtcNow(), "test")
                .Add(ImportJob.Kind, job.Id, job)
                .Due(RunImport.Kind, job.Id, desk.Clock.GetUtcNow()),
            TestContext.Current.CancellationToken
        );

    private static async Task Imports(Desk desk, string content)
    {
        var post = await desk
            .Mattermost.As("tam")
            .PostFile(Desk.Square, "customers.csv", Encoding.UTF8.GetBytes(content));
        var link = new Uri(desk.Mattermost.Url, $"/{Desk.Team}/pl/{post.Id}");
        await desk.Types("tam", $"/escalate customer import {link}");
        await desk.Passes(TimeSpan.FromSeconds(1));
    }
}
