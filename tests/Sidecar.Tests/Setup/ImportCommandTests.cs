using Shouldly;
using Sidecar.Settings;
using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary><c>import customers --from file.csv</c> (CUS-2).</summary>
public sealed class ImportCommandTests
{
    [Fact]
    public async Task CUS_2_A_file_is_taken_and_told_about_and_taken_again_changes_nothing()
    {
        await using var bench = await SetupBench.Open();
        (await bench.Install()).ShouldBe(ExitCode.Done);
        var file = await Written(
            bench,
            "key,name,arr_usd,tam\nacme,Acme Labs,120k,@nobody\nbeta,Beta,60000,\ngamma,,,\n"
        );

        (
            await bench.Run(
                "import",
                "customers",
                "--data",
                bench.Data,
                "--from",
                file,
                "--dry-run"
            )
        ).ShouldBe(ExitCode.Done, bench.Error);
        bench.Output.ShouldContain("Line 3 beta would be added: ARR in USD: USD 60,000");
        bench.Output.ShouldContain("Line 2 refused: tam: There is nobody called “@\u200Bnobody”");
        bench.Output.ShouldContain("nothing was changed");

        (await bench.Run("import", "customers", "--data", bench.Data, "--from", file)).ShouldBe(
            ExitCode.Done,
            bench.Error
        );
        bench.Output.ShouldContain("of 3 rows 1 were added, 0 changed, 0 unchanged, 2 refused.");
        bench.Output.ShouldContain("Line 4 gamma refused: There is no customer “gamma”");

        await bench.Run("import", "customers", "--data", bench.Data, "--from", file);
        bench.Output.ShouldContain("0 were added, 0 changed, 1 unchanged, 2 refused.");
    }

    [Fact]
    public async Task CUS_2_What_can_not_be_read_is_said_with_what_to_do()
    {
        await using var bench = await SetupBench.Open();
        (await bench.Install()).ShouldBe(ExitCode.Done);
        (
            await bench.Run("import", "customers", "--data", bench.Data, "--from", "nowhere.csv")
        ).ShouldBe(ExitCode.Failed);
        bench.Error.ShouldContain("The file can't be read");

        var file = await Written(bench, "shade,colour\na,b\n");
        (await bench.Run("import", "customers", "--data", bench.Data, "--from", file)).ShouldBe(
            ExitCode.Failed
        );
        bench.Output.ShouldContain("None of its columns is known");
    }

    private static async Task<string> Written(SetupBench bench, string content)
    {
        var path = Path.Combine(bench.Data, "customers.csv");
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return path;
    }
}
