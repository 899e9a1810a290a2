using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measuring;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>How what people type becomes what is kept (CUS-1, ALL-1, ALL-2).</summary>
public sealed class TypedValueTests
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    [Theory]
    [InlineData("120000", "120000")]
    [InlineData("120,000", "120000")]
    [InlineData("$120,000.50", "120000.5")]
    [InlineData("USD 1 200 000", "1200000")]
    [InlineData("120k", "120000")]
    [InlineData("1.25M", "1250000")]
    [InlineData("0", "0")]
    [InlineData("1’200’000", "1200000")]
    public void CUS_1_ARR_is_read_as_people_write_it(string typed, string kept) =>
        CustomerFields.Arr.Read(typed, Today).ShouldBe(FieldReading.Of(kept));

    [Theory]
    [InlineData("€120,000", "convert")]
    [InlineData("120.000", "two ways")]
    [InlineData("-5", "below zero")]
    [InlineData("12,00", "not an amount")]
    [InlineData("much", "not an amount")]
    [InlineData("9999999999999", "more than any customer")]
    [InlineData("10000000000m", "more than any customer")]
    public void CUS_1_ARR_that_can_be_misread_is_refused(string typed, string why) =>
        CustomerFields.Arr.Read(typed, Today).Problem.ShouldNotBeNull().ShouldContain(why);

    [Theory]
    [InlineData("2026-01-31", "2026-01-31")]
    [InlineData("2026/1/5", "2026-01-05")]
    [InlineData("31.1.2026", "2026-01-31")]
    [InlineData("31 Jan 2026", "2026-01-31")]
    [InlineData("January 31st, 2026", "2026-01-31")]
    [InlineData("1 sep 2025", "2025-09-01")]
    [InlineData("today", "2026-03-02")]
    [InlineData("Yesterday", "2026-03-01")]
    [InlineData("tomorrow", "2026-03-03")]
    [InlineData("in 3 days", "2026-03-05")]
    [InlineData("2 weeks ago", "2026-02-16")]
    [InlineData("next friday", "2026-03-13")]
    [InlineData("31-Jan-2026", "2026-01-31")]
    [InlineData("2026-01-31 00:00:00", "2026-01-31")]
    [InlineData("2026-01-31T00:00", "2026-01-31")]
    [InlineData("31\u00A0Jan\u00A02026", "2026-01-31")]
    [InlineData("\u200E2026-01-31", "2026-01-31")]
    public void ALL_1_Dates_are_read_as_people_write_them(string typed, string kept) =>
        CustomerFields.Contract.Read(typed, Today).ShouldBe(FieldReading.Of(kept));

    [Theory]
    [InlineData("01/02/2026", "two ways")]
    [InlineData("2026-02-30", "not a date")]
    [InlineData("soon", "not a date")]
    [InlineData("0026-01-31", "too far away")]
    public void ALL_2_Other_dates_are_refused_with_examples(string typed, string why) =>
        CustomerFields.Contract.Read(typed, Today).Problem.ShouldNotBeNull().ShouldContain(why);

    [Theory]
    [InlineData("Europe/Berlin", "Europe/Berlin")]
    [InlineData("europe/berlin", "Europe/Berlin")]
    [InlineData("America/New York", "America/New_York")]
    [InlineData("utc", "UTC")]
    [InlineData("pst8pdt", "PST8PDT")]
    [InlineData("us/eastern", "US/Eastern")]
    [InlineData("ET", "America/New_York")]
    [InlineData("CEST", "Europe/Berlin")]
    public void CUS_1_Time_zones_are_IANA_names(string typed, string kept) =>
        CustomerFields.Zone.Read(typed, Today).ShouldBe(FieldReading.Of(kept));

    [Theory]
    [InlineData("Europe/Berln", "Europe/Berlin")]
    [InlineData("IST", "Asia/Kolkata, Europe/Dublin")]
    [InlineData("Berlin", "Europe/Berlin")]
    [InlineData("W. Europe Standard Time", "Europe/Berlin")]
    [InlineData("somewhere", "IANA name")]
    [InlineData("../../etc/passwd", "IANA name")]
    public void CUS_1_Other_time_zones_are_refused_with_the_one_meant(string typed, string hint) =>
        CustomerFields.Zone.Read(typed, Today).Problem.ShouldNotBeNull().ShouldContain(hint);

    [Theory]
    [InlineData("https://crm.example.com/o/1?x=y", null)]
    [InlineData("http://crm.example.com", null)]
    [InlineData("crm.example.com", "begins with https://")]
    [InlineData("ftp://crm.example.com", "begins with https://")]
    [InlineData("javascript:alert(1)", "begins with https://")]
    [InlineData("https://a b", "begins with https://")]
    [InlineData("https://me:secret@crm.example.com", "user name or password")]
    public void CUS_1_Links_are_addresses_of_pages(string typed, string? why)
    {
        var problem = CustomerFields.Crm.Read(typed, Today).Problem;
        if (why is null)
        {
            problem.ShouldBeNull();
        }
        else
        {
            problem.ShouldNotBeNull().ShouldContain(why);
        }
    }

    [Fact]
    public void CUS_1_Design_documents_are_several_links()
    {
        CustomerFields
            .Designs.Read("https://a.test/1\nhttps://a.test/2 https://a.test/1", Today)
            .ShouldBe(FieldReading.Of("https://a.test/1\nhttps://a.test/2"));
        CustomerFields.Designs.Read("https://a.test/1 b", Today).Problem.ShouldNotBeNull();
    }

    [Fact]
    public void Every_field_takes_what_it_keeps_and_shows_its_example_as_right()
    {
        foreach (var field in CustomerFields.All)
        {
            CustomerFields.Called(field.Column).ShouldBe(field, field.Code);
            CustomerFields.Called(field.Label).ShouldBe(field, field.Code);
            if (!field.IsPerson)
            {
                var kept = field.Read(field.Example.Trim('"'), Today);
                kept.Problem.ShouldBeNull(field.Code);
                field.Read(field.Filled(kept.Value), Today).ShouldBe(kept, field.Code);
                field.Read(field.Exported(kept.Value), Today).ShouldBe(kept, field.Code);
            }
        }
    }

    [Theory]
    [InlineData("seats 450/500", "450 deployed, 500 purchased")]
    [InlineData("seats 450 / 500 MAU 300", "450 deployed, 500 purchased, 300 mau")]
    [InlineData("seats 450 of 500", "450 deployed, 500 purchased")]
    [InlineData("mau: 1,200 dau=120", "1200 mau, 120 dau")]
    [InlineData("on 2026-01-31 purchased 500", "500 purchased on 2026-01-31")]
    [InlineData("mau 5 on 31 Jan 2026 dau 2", "5 mau, 2 dau on 2026-01-31")]
    [InlineData("mau 5 on 2026/1/31", "5 mau on 2026-01-31")]
    [InlineData("deployed 450 yesterday", "?")]
    [InlineData("mau - on yesterday", "- mau on 2026-03-01")]
    public void CUS_1_Figures_are_read_in_any_order(string typed, string read)
    {
        var (draft, problem) = MeasurementLine.Read(typed, Today);
        if (read == "?")
        {
            problem.ShouldNotBeNull();
            return;
        }

        problem.ShouldBeNull();
        var figures = (
            (Figure[])[Figure.SeatsDeployed, Figure.SeatsPurchased, Figure.Mau, Figure.Dau]
        )
            .Where(f => draft!.Counts.ContainsKey(f))
            .Select(f =>
                $"{draft!.Counts[f]?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "-"} {f.Kind().Code}"
            );
        var on = draft!.On == Today ? "" : $" on {CalendarDay.Write(draft.On)}";
        (string.Join(", ", figures) + on).ShouldBe(read);
    }

    [Theory]
    [InlineData("seats 450", "two numbers")]
    [InlineData("seats", "How many")]
    [InlineData("mau many", "not a count")]
    [InlineData("mau -5", "not a count")]
    [InlineData("mau 1.5", "not a count")]
    [InlineData("maus 300", "Did you mean `mau`?")]
    [InlineData("mau 99999999999", "more than any customer")]
    [InlineData("mau 5 on 2026-03-03", "not come yet")]
    [InlineData("mau 5 on someday", "not a date")]
    [InlineData("mau 5 on", "On which day")]
    [InlineData("on 2026-01-31", "Which figures")]
    public void ALL_2_Figures_that_are_wrong_are_refused_with_what_would_be_right(
        string typed,
        string why
    ) => MeasurementLine.Read(typed, Today).Problem.ShouldNotBeNull().ShouldContain(why);

    [Fact]
    public void Names_are_ordered_and_found_without_case_and_accents()
    {
        CustomerIndexes.Fold("Ärzte  ÉCOLE").ShouldBe("arzte ecole");
        CustomerIndexes.Fold("日本 電気").ShouldBe("日本 電気");
        // The marks of this script are vowels.
        CustomerIndexes.Fold("हिन्दी").ShouldBe("हिन्दी");
        CustomerIndexes.Cut("Acme-Labs (EMEA)").ShouldBe(["acme", "labs", "emea"]);
    }
}
