using Shouldly;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Features.Assignments.Requests;

/// <summary>When a customer was told (T3): a day is read, asked about, or not meant; never today in its place.</summary>
public sealed class ToldDayTests
{
    [Theory]
    [InlineData("Jo on last week", "“last week” is not a date")]
    [InlineData("Jo on nov", "“nov” is not a date")]
    [InlineData("Jo on q3", "“q3” is not a date")]
    [InlineData("Jo on yesterdya", "put that in quotes")]
    [InlineData("Jo on the 33rd", "put that in quotes")]
    [InlineData("Jo last week", "Is “last week” when you told them?")]
    [InlineData("Jo last friday", "Is “last friday” when you told them?")]
    [InlineData("Jo fri", "Is “fri” when you told them?")]
    public async Task T3_What_stands_where_the_day_does_and_is_none_is_asked_about(
        string typed,
        string said
    )
    {
        await using var desk = await RequestDesk.Open();
        await desk.Assigns();
        var answer = (await desk.Types("engineer", $"/escalate engineer told ASG-1 {typed}")).Text;
        answer.ShouldContain(said);
        answer.ShouldContain("Nothing was recorded");
        (await desk.Assignment()).Communicated.ShouldBeNull();
    }

    [Theory]
    [InlineData("Jo on the 27th", "Jo", "2026-02-27")]
    [InlineData("Jo yesterday.", "Jo", "2026-03-01")]
    [InlineData("Jo 27 Feb", "Jo", "2026-02-27")]
    [InlineData("“Jo on the phone” on yesterday", "Jo on the phone", "2026-03-01")]
    [InlineData("\"Jo on the phone\"", "Jo on the phone", "2026-03-02")]
    [InlineData("\"Jo last week\"", "Jo last week", "2026-03-02")]
    [InlineData("Jo on the platform team", "Jo on the platform team", "2026-03-02")]
    [InlineData("Jane on call yesterday", "Jane on call", "2026-03-01")]
    [InlineData("April", "April", "2026-03-02")]
    [InlineData("their lead April", "their lead April", "2026-03-02")]
    public async Task T3_A_day_is_read_as_everywhere_and_quotes_are_whom_they_told(
        string typed,
        string to,
        string on
    )
    {
        await using var desk = await RequestDesk.Open();
        await desk.Assigns();
        var answer = (await desk.Types("engineer", $"/escalate engineer told ASG-1 {typed}")).Text;
        var told = (await desk.Assignment()).Communicated.ShouldNotBeNull(answer);
        told.To.ShouldBe(to);
        $"{told.On:yyyy-MM-dd}".ShouldBe(on);
    }

    [Fact]
    public async Task T3_A_document_updated_last_week_is_asked_about()
    {
        await using var desk = await RequestDesk.Open();
        await desk.Assigns();
        (
            await desk.Types(
                "engineer",
                "/escalate engineer doc acme https://host.test Plan updated last week"
            )
        ).Text.ShouldContain("“last week” is not a date");
    }
}
