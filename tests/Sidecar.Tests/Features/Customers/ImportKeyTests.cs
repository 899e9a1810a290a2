using System.Text;
using Shouldly;
using Sidecar.Csv;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Import;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>What spreadsheets make of keys, amounts and days (T8): named by line, or understood.</summary>
public sealed class ImportKeyTests
{
    private static readonly DateOnly Today = new(2026, 11, 30);

    [Theory]
    [InlineData("45000.5")]
    [InlineData("45000,5")]
    [InlineData("1.5")]
    [InlineData("1200.00")]
    [InlineData("1,200.50")]
    [InlineData("12:30")]
    [InlineData("12:30:00")]
    [InlineData("1:30 PM")]
    [InlineData("$5.00")]
    [InlineData("100,00 €")]
    [InlineData("CHF 5.00")]
    [InlineData("50%")]
    [InlineData("(500)")]
    [InlineData("1.20E+03")]
    [InlineData(".5E+1")]
    [InlineData("1.E+3")]
    [InlineData("1.20E＋03")]
    [InlineData("２０２６-01-31")]
    [InlineData("2026/01/31")]
    [InlineData("2026-01-31 00:00:00")]
    [InlineData("31.01.2026")]
    [InlineData("Mrz 01")]
    [InlineData("1-Mrz")]
    [InlineData("Okt 01")]
    [InlineData("Dez 26")]
    [InlineData("01. Mai")]
    [InlineData("1. Jan")]
    [InlineData("31-Jan-26")]
    [InlineData("2-déc.")]
    [InlineData("1-mars")]
    public async Task T8_A_key_that_a_spreadsheet_has_changed_is_named_by_line(string cell)
    {
        var read = await Read($"key,name\n\"{cell}\",Acme\n");
        read.Records.ShouldBeEmpty();
        var problem = read.Problems.ShouldHaveSingleItem();
        problem.Line.ShouldBe(2);
        problem.Why.ShouldContain("that a spreadsheet made of it");
    }

    [Theory]
    [InlineData("acme")]
    [InlineData("1200")]
    [InlineData("3m")]
    [InlineData("cad1")]
    [InlineData("usd-100")]
    [InlineData("gen-2")]
    [InlineData("1.2.3")]
    [InlineData("mayflower-10")]
    [InlineData("2-market")]
    [InlineData("o2")]
    public async Task T8_A_key_that_only_looks_like_it_is_one(string cell) =>
        (await Read($"key,name\n{cell},Acme\n")).Problems.ShouldBeEmpty();

    [Theory]
    [InlineData("arr", "(500)", "below zero")]
    [InlineData("arr", "$(1,200.00)", "below zero")]
    [InlineData("arr", "(500 €)", "below zero")]
    [InlineData("contract", "46053.0", "did you mean 2026-01-31?")]
    [InlineData("contract", "46053.5", "did you mean 2026-01-31?")]
    [InlineData("contract", "4.6E+04", "that a spreadsheet has shortened")]
    public async Task T8_An_amount_or_day_that_is_another_one_is_refused_with_the_reason(
        string column,
        string cell,
        string said
    )
    {
        var read = await Read($"key,{column}\nacme,\"{cell}\"\n");
        read.Records.ShouldBeEmpty();
        read.Problems.ShouldHaveSingleItem().Why.ShouldContain(said);
    }

    [Theory]
    [InlineData("31-Jan-26")]
    [InlineData("31-Jan-2026")]
    [InlineData("31. Jan 2026")]
    public async Task T8_A_day_as_spreadsheets_write_it_is_understood(string cell)
    {
        var read = await Read($"key,contract\nacme,{cell}\n");
        read.Problems.ShouldBeEmpty();
        read.Records.ShouldHaveSingleItem()
            .Value.Values.Single(v => v.Field == CustomerFields.Contract)
            .Value.ShouldBe("2026-01-31");
    }

    [Fact]
    public async Task T4_Names_that_differ_by_what_nobody_sees_are_one_customer()
    {
        await using var desk = await EmptyBook.Open();
        await desk.Knows("acme", "Acme Corp", 100_000);
        await Imports(desk, "na\u2063me,tier\n\u2063Acme\uFFFC Corp\u2064,Gold\n");
        desk.ToldTo("tam").ShouldHaveSingleItem().ShouldNotContain("1 were added");
        (await desk.Types("tam", "/escalate customer list")).Text.ShouldContain(
            "Acme Corp",
            Case.Sensitive
        );
        (await desk.Types("tam", "/escalate customer show Ac\u2063me Corp")).Text.ShouldContain(
            "`acme`"
        );
    }

    [Fact]
    public async Task T8_Two_rows_of_one_name_are_told()
    {
        await using var desk = await EmptyBook.Open();
        await Imports(desk, "name,arr\nAcme,1000\nBeta,10\nACME,2000\n");
        desk.ToldTo("tam")
            .ShouldHaveSingleItem()
            .ShouldContain("Lines 2 and 4 have one name, “Acme”, and no key");
    }

    private static async Task<CsvContent<CustomerRow>> Read(string content)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(content));
        return await CsvTable.Read(
            file,
            CustomerColumns.Taken,
            row => CustomerRow.Read(row, Today),
            null,
            TestContext.Current.CancellationToken
        );
    }

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
