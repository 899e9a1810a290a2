using Shouldly;
using Sidecar.Mattermost;
using Xunit;

namespace Sidecar.Tests.Mattermost;

public sealed class RequestVerifierTests
{
    private const string OfOneTeam = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
    private const string OfAnother = "bbbbbbbbbbbbbbbbbbbbbbbbbb";

    [Theory]
    [InlineData(OfOneTeam, true)]
    [InlineData(OfAnother, true)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaab", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData(OfOneTeam + "a", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_token_of_any_team_is_accepted_and_nothing_else(
        string? presented,
        bool accepted
    ) => new RequestVerifier([OfOneTeam, OfAnother]).Accepts(presented).ShouldBe(accepted);

    [Fact]
    public void Without_a_token_there_is_no_verifier() =>
        Should.Throw<ArgumentException>(() => new RequestVerifier([]));

    [Theory]
    [InlineData("")]
    [InlineData("short")]
    public void A_token_that_can_not_be_one_stops_the_start_and_is_not_repeated(string token)
    {
        var problem = Should.Throw<ArgumentException>(() =>
            new RequestVerifier([OfOneTeam, token])
        );
        problem.Message.ShouldNotContain("short to be one of Mattermost's: short");
        problem.Message.ShouldNotContain(OfOneTeam);
    }
}
