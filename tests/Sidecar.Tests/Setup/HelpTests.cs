using Shouldly;
using Sidecar.Settings;
using Sidecar.Setup;
using Xunit;

namespace Sidecar.Tests.Setup;

public sealed class HelpTests
{
    [Theory]
    [InlineData("install")]
    [InlineData("doctor")]
    [InlineData("backup")]
    [InlineData("restore")]
    [InlineData("settings")]
    [InlineData("import")]
    public async Task Every_command_explains_itself_with_an_example(string command)
    {
        await using var bench = await SetupBench.Open();

        (await bench.Run(command, "--help")).ShouldBe(ExitCode.Done);

        bench.Output.ShouldContain("Example:");
        bench.Output.ShouldContain($"dotnet run --project sidecar -- {command} ");
    }

    [Fact]
    public async Task The_list_of_commands_has_one_line_for_each()
    {
        await using var bench = await SetupBench.Open();

        (await bench.Run("--help")).ShouldBe(ExitCode.Done);

        bench.Output.ShouldNotContain("Example:");
        bench.Output.ShouldContain("install");
        bench.Output.ShouldContain("restore");
    }

    [Theory]
    [InlineData("install")]
    [InlineData("doctor")]
    public async Task Tokens_are_advised_to_be_given_where_nobody_sees_them(string command)
    {
        await using var bench = await SetupBench.Open();

        await bench.Run(command, "--help");

        bench.Output.ShouldContain(AdminToken.Variable);
        bench.Output.ShouldContain("standard input");
    }
}
