using Shouldly;
using Sidecar.Features.Customers.Domain;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Ids;
using Xunit;

namespace Sidecar.Tests.Features.Escalations;

public sealed class RouteTests
{
    private static readonly Eligibility Line = new(50_000, [Category.DeploymentEscalation]);

    [Theory]
    [InlineData("0")]
    [InlineData("49999.99")]
    [InlineData("50000")]
    public void ESC_2_At_or_under_the_ARR_line_a_deployment_escalation_is_redirected(string arr)
    {
        var route = For(Category.DeploymentEscalation, arr);
        var redirect = route.ShouldBeOfType<EscalationRoute.Redirect>();
        redirect.To.ShouldBe(OwningTeam.CustomerSupport);
        redirect.Reason.ShouldContain("of this customer are Customer Support’s");
    }

    [Theory]
    [InlineData("50000.01")]
    [InlineData("50001")]
    [InlineData("9000000")]
    public void ESC_2_Above_the_ARR_line_it_is_accepted(string arr) =>
        For(Category.DeploymentEscalation, arr).ShouldBeOfType<EscalationRoute.AcceptedRoute>();

    [Fact]
    public void ESC_2_An_unknown_customer_or_ARR_waits_and_names_what_is_missing()
    {
        EscalationRoute
            .For(Category.DeploymentEscalation, null, Line)
            .ShouldBeOfType<EscalationRoute.AwaitFacts>()
            .Missing.ShouldBe([MissingFact.Customer]);
        For(Category.DeploymentEscalation, null)
            .ShouldBeOfType<EscalationRoute.AwaitFacts>()
            .Missing.ShouldBe([MissingFact.Arr]);
    }

    [Theory]
    [InlineData(nameof(Category.NonStandardDeployment))]
    [InlineData(nameof(Category.NonStandardUpgrade))]
    [InlineData(nameof(Category.ComplexDataMigration))]
    [InlineData(nameof(Category.CustomSolution))]
    public void ESC_3_The_rest_of_what_Deployment_Engineering_owns_needs_a_known_customer_only(
        string category
    )
    {
        For(Of(category), null).ShouldBeOfType<EscalationRoute.AcceptedRoute>();
        For(Of(category), "1").ShouldBeOfType<EscalationRoute.AcceptedRoute>();
        EscalationRoute
            .For(Of(category), null, Line)
            .ShouldBeOfType<EscalationRoute.AwaitFacts>()
            .Missing.ShouldBe([MissingFact.Customer]);
    }

    [Theory]
    [InlineData(nameof(Category.RegularSupport), nameof(OwningTeam.CustomerSupport))]
    [InlineData(nameof(Category.ProductBug), nameof(OwningTeam.CustomerSupport))]
    [InlineData(nameof(Category.AccountManagement), nameof(OwningTeam.CustomerSuccess))]
    [InlineData(nameof(Category.StandardOnboarding), nameof(OwningTeam.TechnicalAccountManagement))]
    [InlineData(nameof(Category.IntegrationOpportunity), nameof(OwningTeam.CustomerSuccess))]
    public void ESC_3_What_is_not_Deployment_Engineerings_goes_to_its_owner_whoever_the_customer_is(
        string category,
        string team
    )
    {
        foreach (
            var customer in (KnownCustomer?[])
                [null, new KnownCustomer("Acme", null), new KnownCustomer("Acme", 1_000_000)]
        )
        {
            var redirect = EscalationRoute
                .For(Of(category), customer, Line)
                .ShouldBeOfType<EscalationRoute.Redirect>();
            redirect.To.ShouldBe(Enum.Parse<OwningTeam>(team));
            redirect.Reason.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void ESC_4_An_in_product_feature_waits_for_Product_Engineering() =>
        For(Category.InProductFeature, "1000000").ShouldBeOfType<EscalationRoute.AskApproval>();

    [Fact]
    public void ESC_3_Every_category_has_a_route()
    {
        foreach (var category in Enum.GetValues<Category>())
        {
            For(category, "1000000").ShouldNotBeNull();
        }
    }

    [Fact]
    public void ESC_3_A_redirected_one_says_where_to_and_why_and_is_shown_there()
    {
        var support = new ChannelId("support");
        var teams = TeamsNow.None with
        {
            Channels = TeamsNow.None.Channels.Add(OwningTeam.CustomerSupport, support),
        };
        var redirect = new EscalationRoute.Redirect(OwningTeam.CustomerSupport, "it is theirs");
        var decided = Given.Done(Given.Raised.Follow(redirect, teams, Given.Now));
        decided.Next.State.ShouldBe(EscalationState.Redirected);
        decided.Next.RedirectedTo.ShouldBe(OwningTeam.CustomerSupport);
        decided.Next.Copies.ShouldBe([new TeamCopy(OwningTeam.CustomerSupport, support)]);
        decided.Next.IsOpen.ShouldBeFalse();
        Given
            .Text(decided.Facts[0].Sentence)
            .ShouldBe("Redirected to **Customer Support and CRE**: it is theirs.");
    }

    [Fact]
    public void ESC_3_A_team_without_a_channel_is_named_in_the_thread()
    {
        var teams = TeamsNow.None with
        {
            People = TeamsNow.None.People.Add(OwningTeam.CustomerSupport, [Given.Other.User]),
        };
        var redirect = new EscalationRoute.Redirect(OwningTeam.CustomerSupport, "it is theirs");
        var decided = Given.Done(Given.Raised.Follow(redirect, teams, Given.Now));
        decided.Next.Copies.ShouldBeEmpty();
        Given
            .Text(decided.Facts[0].Sentence)
            .ShouldEndWith("For Customer Support and CRE: @other.");
    }

    [Fact]
    public void ESC_2_What_arrives_completes_it_once()
    {
        var waiting = Given.At(EscalationState.NeedsInformation);
        var known = new KnownCustomer("Acme", 60_000);
        var learned = Given.Next(waiting.Learn(waiting.Customer, known));
        var route = EscalationRoute.For(learned.Category, known, Line);
        var accepted = Given.Done(learned.Follow(route, TeamsNow.None, Given.Now));
        accepted.Next.State.ShouldBe(EscalationState.Accepted);
        accepted.Next.Missing.ShouldBeEmpty();
        Given.Text(accepted.Facts[0].Sentence).ShouldStartWith("Nothing is missing any more.");
        Given
            .Why(accepted.Next.Follow(route, TeamsNow.None, Given.Now))
            .ShouldBeOfType<NothingNew>();
    }

    [Fact]
    public void ESC_2_What_is_still_missing_is_not_told_twice()
    {
        var waiting = Given.At(EscalationState.NeedsInformation);
        Given
            .Why(
                waiting.Follow(
                    new EscalationRoute.AwaitFacts([MissingFact.Arr]),
                    TeamsNow.None,
                    Given.Now
                )
            )
            .ShouldBeOfType<NothingNew>();
    }

    private static EscalationRoute For(Category category, string? arr) =>
        EscalationRoute.For(
            category,
            new KnownCustomer(
                "Acme",
                arr is null
                    ? null
                    : decimal.Parse(arr, System.Globalization.CultureInfo.InvariantCulture)
            ),
            Line
        );

    private static Category Of(string category) => Enum.Parse<Category>(category);
}
