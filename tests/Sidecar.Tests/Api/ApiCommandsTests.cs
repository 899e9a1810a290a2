using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Sidecar.Api.Resources;
using Sidecar.Features;
using Sidecar.Interactions;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Api;

/// <summary>What people can do in the chat is there for programs, or it is said why not (API-1).</summary>
public sealed class ApiCommandsTests
{
    [Fact]
    public void API_1_Every_command_has_its_request_or_the_reason_why_there_is_none()
    {
        var builder = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(builder);
        var typed = new CommandParser(builder.Build().Commands.Select(c => c.Spec))
            .ForPeople.Select(s => s.Path)
            .ToList();
        var listed = ApiCommands.All.Select(c => c.Command).ToList();
        listed.ShouldBeUnique();
        typed
            .Except(listed)
            .ShouldBeEmpty("are new: say which operation does it, or why none does");
        listed.Except(typed).ShouldBeEmpty("are no commands any more");
        ApiCommands.All.ShouldAllBe(c => c.Operations.IsEmpty != (c.Why.Length == 0));
    }

    [Fact]
    public void API_1_Every_request_does_what_a_command_does()
    {
        var named = ApiCommands.All.SelectMany(c => c.Operations).ToHashSet();
        ApiOperations.All.Select(o => o.Id).Except(named).ShouldBe(["getMe"]);
        named.Except(ApiOperations.All.Select(o => o.Id)).ShouldBeEmpty();
    }

    [Fact]
    public async Task API_1_The_table_is_where_the_README_says_and_in_the_description()
    {
        await using var desk = await Desk.Open();
        using var api = new ApiDesk(desk, null);
        (await api.Get("/api/v1/openapi.json"))
            .Json.GetProperty("info")
            .GetProperty("description")
            .GetString()
            .ShouldNotBeNull()
            .ShouldContain(ApiCommands.Table);
        Golden.MatchText("Api/commands.md", ApiCommands.Table);
    }
}
