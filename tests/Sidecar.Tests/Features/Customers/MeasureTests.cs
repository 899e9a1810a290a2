using System.Collections.Immutable;
using System.Text.Json;
using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Customers.Fields;
using Sidecar.Features.Customers.Measures;
using Sidecar.Ids;
using Sidecar.Time;
using Xunit;

namespace Sidecar.Tests.Features.Customers;

/// <summary>The measures as pure rules: MET-1 to MET-4 with their edges.</summary>
public sealed class MeasureTests
{
    private static readonly CustomerSettings Usual = new();
    private static readonly CustomerSettings Strict = new() { CountAdoptionFromContract = true };
    private static readonly DateOnly Start = new(2026, 1, 1);

    [Theory]
    [InlineData("50000", false)]
    [InlineData("50000.01", true)]
    [InlineData("49999.99", false)]
    [InlineData("50001", true)]
    public void MET_1_Exactly_the_line_of_ARR_does_not_count(string arr, bool counts) =>
        SeatsMeasure.Counts(Acme() with { Arr = FieldReaders.Amount(arr) }, Usual).ShouldBe(counts);

    [Fact]
    public void MET_1_Unknown_ARR_and_archived_customers_do_not_count()
    {
        SeatsMeasure.Counts(Acme(), Usual).ShouldBeFalse();
        SeatsMeasure.Counts(Acme() with { Arr = 90_000, IsArchived = true }, Usual).ShouldBeFalse();
    }

    [Theory]
    [InlineData(80, 100, nameof(Verdict.Met))]
    [InlineData(79, 100, nameof(Verdict.Missed))]
    [InlineData(799_999_999, 1_000_000_000, nameof(Verdict.Missed))]
    [InlineData(800_000_000, 1_000_000_000, nameof(Verdict.Met))]
    [InlineData(120, 100, nameof(Verdict.Met))]
    [InlineData(0, 100, nameof(Verdict.Missed))]
    [InlineData(0, 0, nameof(Verdict.Unknown))]
    [InlineData(null, 100, nameof(Verdict.Unknown))]
    [InlineData(80, null, nameof(Verdict.Unknown))]
    public void MET_1_Exactly_80_percent_is_enough(int? deployed, int? purchased, string verdict) =>
        SeatsMeasure
            .Of(With(purchased: purchased, deployed: deployed), Usual)
            .Verdict.ToString()
            .ShouldBe(verdict);

    [Fact]
    public void MET_1_Who_lacks_seat_data_is_named_and_counts_but_not_as_deployed()
    {
        var met = With(purchased: 100, deployed: 80) with { Arr = 60_000 };
        var missed = With(purchased: 100, deployed: 79) with { Arr = 60_000 };
        var unknown = Acme() with { Arr = 60_000, Name = "Nobody counted" };
        var small = With(purchased: 100, deployed: 100) with { Arr = 50_000 };

        var seats = CustomerSeatsDeployed.Of([met, missed, unknown, small], Usual);

        seats.Counted.ShouldBe(3);
        seats.Met.ShouldBe([met]);
        seats.Unknown.ShouldBe([unknown]);
        PercentageOf.Show(seats.Percent!.Value).ToString().ShouldBe("33.3 %");
        CustomerSeatsDeployed.Of([small], Usual).Percent.ShouldBeNull();
    }

    [Theory]
    [InlineData(0, 25)]
    [InlineData(90, 25)]
    [InlineData(91, 50)]
    [InlineData(180, 50)]
    [InlineData(181, 75)]
    [InlineData(270, 75)]
    [InlineData(271, 75)]
    [InlineData(4000, 75)]
    public void MET_2_Targets_go_by_days_since_production_was_completed(int day, int target)
    {
        var customer = With(purchased: 100, mau: 10) with
        {
            ProductionCompletedOn = Start,
            // It is not the contract that counts.
            ContractOn = Start.AddDays(-500),
        };
        var adoption = Adoption.Of(customer, Start.AddDays(day), Usual);
        adoption.Target.ShouldBe(target);
        adoption.Day.ShouldBe(day);
    }

    [Theory]
    [InlineData(0, 25)]
    [InlineData(90, 25)]
    [InlineData(91, 50)]
    [InlineData(179, 50)]
    [InlineData(180, 75)]
    [InlineData(271, 75)]
    public void MET_2_The_stricter_rule_wants_75_percent_by_day_180_of_the_contract(
        int day,
        int target
    )
    {
        var customer = With(purchased: 100, mau: 10) with { ContractOn = Start };
        Adoption.Of(customer, Start.AddDays(day), Strict).Target.ShouldBe(target);
        Adoption.Of(customer, Start.AddDays(day), Usual).Target.ShouldBeNull();
    }

    [Theory]
    [InlineData(25, 90, nameof(Verdict.Met))]
    [InlineData(24, 90, nameof(Verdict.Missed))]
    [InlineData(25, 91, nameof(Verdict.Missed))]
    [InlineData(50, 91, nameof(Verdict.Met))]
    [InlineData(74, 181, nameof(Verdict.Missed))]
    [InlineData(75, 181, nameof(Verdict.Met))]
    public void MET_2_Exactly_the_target_meets_it(long mau, int day, string verdict) =>
        Adoption
            .Of(
                With(purchased: 100, mau: mau) with
                {
                    ProductionCompletedOn = Start,
                },
                Start.AddDays(day),
                Usual
            )
            .Verdict.ToString()
            .ShouldBe(verdict);

    [Theory]
    [InlineData(null, 50L, "seats purchased")]
    [InlineData(0L, 50L, "any seat purchased")]
    [InlineData(100L, null, "MAU")]
    public void MET_2_What_is_missing_makes_it_unknown_and_is_named(
        long? purchased,
        long? mau,
        string lacks
    )
    {
        var customer = With(purchased: purchased, mau: mau) with { ProductionCompletedOn = Start };
        var adoption = Adoption.Of(customer, Start.AddDays(10), Usual);
        adoption.Verdict.ShouldBe(Verdict.Unknown);
        adoption.Percent.ShouldBeNull();
        adoption.Lacks.ShouldHaveSingleItem().ShouldContain(lacks);
    }

    [Fact]
    public void MET_2_Without_a_date_of_production_or_before_it_nothing_is_missed()
    {
        Adoption
            .Of(With(purchased: 100, mau: 1), Start, Usual)
            .ShouldSatisfyAllConditions(
                a => a.Verdict.ShouldBe(Verdict.Unknown),
                a => a.Percent.ShouldBe(1),
                a => a.Lacks.ShouldHaveSingleItem().ShouldContain("production")
            );
        var soon = With(purchased: 100, mau: 1) with { ProductionCompletedOn = Start };
        Adoption.Of(soon, Start.AddDays(-1), Usual).Verdict.ShouldBe(Verdict.Unknown);
        Adoption.NextStep(soon, Start.AddDays(-1), Usual).ShouldBe(Start);
    }

    [Fact]
    public void MET_2_The_day_is_the_customers_own()
    {
        var now = new DateTimeOffset(2026, 4, 1, 15, 30, 0, TimeSpan.Zero);
        (Acme() with { TimeZone = "Asia/Tokyo" }).Today(now).ShouldBe(new DateOnly(2026, 4, 2));
        (Acme() with { TimeZone = "America/New_York" })
            .Today(now)
            .ShouldBe(new DateOnly(2026, 4, 1));
        CalendarDay
            .Begins(new DateOnly(2026, 4, 2), (Acme() with { TimeZone = "Asia/Tokyo" }).Zone)
            .ShouldBe(new DateTimeOffset(2026, 4, 1, 15, 0, 0, TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0, 91)]
    [InlineData(90, 91)]
    [InlineData(91, 181)]
    [InlineData(180, 181)]
    public void MET_4_The_next_step_is_the_next_day_with_another_target(int day, int next) =>
        Adoption
            .NextStep(Acme() with { ProductionCompletedOn = Start }, Start.AddDays(day), Usual)
            .ShouldBe(Start.AddDays(next));

    [Fact]
    public void MET_4_Behind_the_last_other_target_there_is_no_step()
    {
        var customer = Acme() with { ProductionCompletedOn = Start };
        Adoption.NextStep(customer, Start.AddDays(181), Usual).ShouldBeNull();
        Adoption.NextStep(customer with { IsArchived = true }, Start, Usual).ShouldBeNull();
        Adoption.NextStep(Acme(), Start, Usual).ShouldBeNull();
    }

    [Theory]
    [InlineData(30, 100, nameof(Verdict.Missed))]
    [InlineData(31, 100, nameof(Verdict.Met))]
    [InlineData(300_000_001, 1_000_000_000, nameof(Verdict.Met))]
    [InlineData(0, 100, nameof(Verdict.Missed))]
    [InlineData(0, 0, nameof(Verdict.Unknown))]
    [InlineData(5, null, nameof(Verdict.Unknown))]
    [InlineData(null, 100, nameof(Verdict.Unknown))]
    public void MET_3_Usage_is_healthy_above_30_percent(int? dau, int? mau, string verdict) =>
        UsageMeasure.Of(With(mau: mau, dau: dau), Usual).Verdict.ToString().ShouldBe(verdict);

    [Theory]
    [InlineData("79.96", "79.9 %")]
    [InlineData("80", "80 %")]
    [InlineData("0.04", "0 %")]
    [InlineData("133.333333", "133.3 %")]
    public void A_share_is_never_shown_as_more_than_it_is(string percent, string shown) =>
        PercentageOf
            .Show(decimal.Parse(percent, System.Globalization.CultureInfo.InvariantCulture))
            .ToString()
            .ShouldBe(shown);

    [Fact]
    public void MET_4_Falling_needs_three_counts_over_three_weeks_and_five_points()
    {
        Trends([(0, 60), (20, 30)]).ShouldBe(Direction.Unknown);
        Trends([(0, 60), (10, 50), (20, 40)]).ShouldBe(Direction.Unknown);
        Trends([(0, 60), (10, 50), (21, 40)]).ShouldBe(Direction.Falling);
        Trends([(0, 60), (10, 58), (21, 57)]).ShouldBe(Direction.Steady);
        Trends([(0, 40), (10, 45), (21, 50)]).ShouldBe(Direction.Rising);
    }

    [Fact]
    public void MET_4_One_wrong_count_makes_no_trend()
    {
        (int, decimal)[] steady = [(0, 60), (7, 61), (14, 60), (21, 60), (28, 61)];
        Trends(steady).ShouldBe(Direction.Steady);
        Trends([.. steady, (35, 2)]).ShouldBe(Direction.Steady);
        Trends([(0, 1), .. steady.Skip(1)]).ShouldBe(Direction.Steady);
    }

    [Fact]
    public void MET_4_What_falls_is_falling_until_it_has_clearly_stopped()
    {
        (int, decimal)[] slow = [(0, 60), (15, 58), (30, 57)];
        Trends(slow).ShouldBe(Direction.Steady);
        Trends(slow, wasFalling: true).ShouldBe(Direction.Falling);
        Trends([(0, 60), (15, 60), (30, 59)], wasFalling: true).ShouldBe(Direction.Steady);
    }

    [Fact]
    public void MET_4_Only_the_last_90_days_are_looked_at() =>
        Trends([(0, 95), (60, 90), (110, 50), (130, 50), (150, 50)]).ShouldBe(Direction.Steady);

    [Fact]
    public void MET_4_Adoption_of_the_past_is_measured_by_the_seats_of_then()
    {
        var shares = MeasureTrend.OfAdoption(
            [
                Day(0) with
                {
                    Mau = 40,
                },
                Day(5) with
                {
                    SeatsPurchased = 100,
                },
                Day(10) with
                {
                    Mau = 50,
                },
                Day(20) with
                {
                    SeatsPurchased = 200,
                    Mau = 60,
                },
            ],
            Figures.None
        );
        shares.Select(s => s.Percent).ShouldBe([40, 50, 30]);
    }

    [Fact]
    public void CUS_1_The_latest_count_of_each_figure_wins_whatever_the_order()
    {
        Measurement[] history =
        [
            Day(9) with
            {
                Mau = 9,
            },
            Day(1) with
            {
                Mau = 1,
                SeatsPurchased = 100,
            },
            Day(5) with
            {
                Mau = 5,
                Dau = 2,
            },
        ];
        Figures[] both = [Figures.Of(history), Figures.Of(history.Reverse())];
        both[0].ShouldBe(both[1]);
        both[0].Mau.ShouldBe(new Counted(9, Start.AddDays(9)));
        both[0].SeatsPurchased.ShouldBe(new Counted(100, Start.AddDays(1)));
        both[0].Dau.ShouldBe(new Counted(2, Start.AddDays(5)));
    }

    [Fact]
    public void MET_4_Only_changes_are_news()
    {
        var nothing = CustomerStanding.Nothing;
        News(nothing, Verdict.Met).ShouldBeEmpty();
        News(nothing, Verdict.Missed).ShouldBe([StandingNews.TargetMissed]);
        var missed = nothing with { Target = Verdict.Missed };
        News(missed, Verdict.Missed).ShouldBeEmpty();
        News(missed, Verdict.Unknown).ShouldBeEmpty();
        News(missed, Verdict.Met).ShouldBe([StandingNews.TargetMet]);
        Measure(Verdict.Unknown).Since(missed).Next.Target.ShouldBe(Verdict.Missed);
    }

    [Fact]
    public void Settings_that_are_left_out_keep_their_defaults()
    {
        var read = JsonSerializer.Deserialize(
            """{ "countsFromArrAbove": 60000, "trend": { "days": 60 } }""",
            CustomerSettings.Json
        )!;
        read.CountsFromArrAbove.ShouldBe(60_000);
        read.SeatsDeployedTarget.ShouldBe(80);
        read.UsageAbove.ShouldBe(30);
        read.AdoptionSteps.Length.ShouldBe(4);
        read.Trend.Days.ShouldBe(60);
        read.Trend.LeastCounts.ShouldBe(3);
        read.Problems().ShouldBeEmpty();
        new CustomerSettings().Problems().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "countsFromArrAbove": -1 }""", "countsFromArrAbove")]
    [InlineData("""{ "seatsDeployedTarget": 0 }""", "seatsDeployedTarget")]
    [InlineData("""{ "usageAbove": 101 }""", "usageAbove")]
    [InlineData("""{ "adoptionSteps": [] }""", "adoptionSteps")]
    [InlineData("""{ "adoptionSteps": [{ "fromDay": 1, "percent": 25 }] }""", "adoptionSteps")]
    [InlineData(
        """{ "adoptionSteps": [{ "fromDay": 0, "percent": 25 }, { "fromDay": 0, "percent": 5 }] }""",
        "adoptionSteps"
    )]
    [InlineData("""{ "trend": { "leastDays": 90 } }""", "trend.leastDays")]
    [InlineData("""{ "trend": { "recoveredWithin": 6 } }""", "trend.recoveredWithin")]
    [InlineData("""{ "trend": null }""", "trend")]
    public void Settings_that_make_no_sense_are_named(string json, string key) =>
        JsonSerializer
            .Deserialize(json, CustomerSettings.Json)!
            .Problems()
            .ShouldHaveSingleItem()
            .Key.ShouldBe(key);

    private static Direction Trends((int Day, decimal Percent)[] shares, bool wasFalling = false) =>
        MeasureTrend
            .Of(
                shares.Select(s => new SharePoint(Start.AddDays(s.Day), s.Percent)),
                wasFalling,
                Usual.Trend
            )
            .Direction;

    private static ImmutableArray<StandingNews> News(CustomerStanding before, Verdict target) =>
        Measure(target).Since(before).News;

    private static Measured Measure(Verdict target) =>
        new(new Adoption(target, 10, 25, 3), new UsageMeasure(Verdict.Unknown, null), null, null);

    private static Measurement Day(int day) => new(new CustomerKey("acme"), Start.AddDays(day));

    private static Customer Acme() =>
        new(new CustomerKey("acme"), "Acme", DateTimeOffset.UnixEpoch, new UserId("somebody"));

    private static Customer With(
        long? purchased = null,
        long? deployed = null,
        long? mau = null,
        long? dau = null
    ) =>
        Acme() with
        {
            Figures = Figures.Of([
                Day(0) with
                {
                    SeatsPurchased = purchased,
                    SeatsDeployed = deployed,
                    Mau = mau,
                    Dau = dau,
                },
            ]),
        };
}
