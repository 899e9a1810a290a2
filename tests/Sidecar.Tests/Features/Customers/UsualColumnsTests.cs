using System.Text;
using Shouldly;
using Sidecar.Csv;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Import;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>Files as other tools and spreadsheets write them (U12, T8).</summary>
public sealed class UsualColumnsTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("Account Name", "name")]
    [InlineData("Company", "name")]
    [InlineData("ARR", "arr_usd")]
    [InlineData("ARR (USD)", "arr_usd")]
    [InlineData("Annual Revenue", "arr_usd")]
    [InlineData("Seats", "seats_purchased")]
    [InlineData("Licences", "seats_purchased")]
    [InlineData("Licenses", "seats_purchased")]
    [InlineData("Owner", "ae")]
    [InlineData("Account Owner", "ae")]
    [InlineData("Customer Success Manager", "csm")]
    [InlineData("Time Zone", "time_zone")]
    public async Task U12_The_usual_headings_are_known(string typed, string column)
    {
        var read = await Read($"key,{typed}\nx,\n");
        read.LeftOut.ShouldBeEmpty();
        read.Columns.Select(c => c.Name).ShouldBe(["key", column], ignoreOrder: true);
    }

    [Theory]
    [InlineData("1.20E+03")]
    [InlineData("1,2E+5")]
    [InlineData("1200.0")]
    [InlineData("3-Jan")]
    [InlineData("Sep-01")]
    [InlineData("2026-01-31 00:00:00")]
    [InlineData("31/01/2026")]
    public async Task T8_What_a_spreadsheet_made_of_a_key_is_named_by_line(string key)
    {
        var read = await Read($"name,key\nAcme,\"{key}\"\n");
        read.Records.ShouldBeEmpty();
        read.Problems.Single().ToString().ShouldStartWith($"Line 2, key: “{key}” looks like a");
    }

    [Fact]
    public async Task T8_Dates_with_a_time_are_understood_and_bare_numbers_are_named()
    {
        var read = await Read(
            "key;measured_on;mau;contract_date\na;2026-01-31 00:00:00;5;\nb;46053;5;\nc;;;46053\n"
        );
        read.Records.Single().Value.MeasuredOn.ShouldBe(new DateOnly(2026, 1, 31));
        read.Problems.Select(p => p.Line).ShouldBe([3, 4]);
        read.Problems[0].Why.ShouldContain("did you mean 2026-01-31?");
    }

    [Fact]
    public async Task T8_A_shortened_amount_is_not_guessed()
    {
        var read = await Read("key,name,arr\na,A,1.2E+05\n");
        read.Problems.Single().Why.ShouldContain("last digits are not known");
    }

    [Fact]
    public async Task U12_Columns_that_are_not_known_are_told_once_with_the_result()
    {
        await using var desk = await EmptyBook.Open();
        var post = await desk
            .Mattermost.As("tam")
            .PostFile(
                Desk.Square,
                "accounts.csv",
                Encoding.UTF8.GetBytes("Account Name,ARR,Colour\nAcme,120k,red\nBeta,5000,blue\n")
            );
        var link = new Uri(desk.Mattermost.Url, $"/{Desk.Team}/pl/{post.Id}");
        await desk.Types("tam", $"/escalate customer import {link}");
        await desk.Passes(TimeSpan.FromSeconds(1));
        var told = desk.ToldTo("tam").ShouldHaveSingleItem();
        told.ShouldContain("of 2 rows 2 were added");
        told.ShouldContain("Columns that I do not know were left out: “Colour”.");
        told.ShouldContain("customer import template");
    }

    [Fact]
    public async Task U12_The_template_can_be_imported_as_it_is()
    {
        await using var desk = await EmptyBook.Open();
        (await desk.Types("tam", "/escalate customer import template")).Text.ShouldContain(
            "direct message"
        );
        await desk.Settled();
        var post = desk.Mattermost.Posts(desk.Mattermost.DirectChannel("escalate", "tam").Id)[^1];
        desk.Mattermost.FileNamesOf(post).ShouldBe(["customers.csv"]);
        var read = await Read(Encoding.UTF8.GetString(desk.Mattermost.FileOf(post)));
        read.Problems.ShouldBeEmpty();
        read.LeftOut.ShouldBeEmpty();
        read.Records.Single().Value.Name.ShouldBe("Acme Labs");
        read.Columns.Count.ShouldBe(CustomerColumns.Headings.Count);
    }

    private static Task<CsvContent<CustomerRow>> Read(string file) =>
        CsvTable.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(file)),
            CustomerColumns.Taken,
            row => CustomerRow.Read(row, Today),
            null,
            TestContext.Current.CancellationToken
        );
}
