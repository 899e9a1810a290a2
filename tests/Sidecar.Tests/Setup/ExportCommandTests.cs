using Shouldly;
using Sidecar.Cli;
using Sidecar.Settings;
using Sidecar.Tests.Features.Exports;
using Sidecar.Tests.Harness;
using Xunit;

namespace Sidecar.Tests.Setup;

/// <summary>Exports from the command line (ALL-4), beside a sidecar that runs or after it has stopped.</summary>
public sealed class ExportCommandTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ALL_4_The_command_line_writes_what_the_store_holds_for_its_owner_only(
        bool runs
    )
    {
        await using var desk = await Desk.Open();
        using var folder = new TemporaryFolder();
        await desk.Types("tam", "/escalate new acme sev1 Nobody can log in");
        await desk.Types("engineer", "/escalate ack ESC-1");
        if (!runs)
        {
            await desk.StopSidecar();
        }

        foreach (var what in (string[])["escalations", "customers", "audit"])
        {
            var file = Path.Combine(folder.Path, what + ".csv");
            var (exit, output, error) = await Run(
                "export",
                what,
                "--data",
                desk.DataDirectory,
                "--to",
                file
            );
            exit.ShouldBe(ExitCode.Done, error);
            output.ShouldContain(file);
            if (!OperatingSystem.IsWindows())
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }

        var escalation = (await Rows("escalations")).ShouldHaveSingleItem();
        escalation["owner"].ShouldBe("engineer");
        escalation["owner_id"].ShouldBe(desk.IdOf("engineer").Value);
        (await Rows("customers"))[0]["key"].ShouldBe("acme");
        (await Rows("audit")).ShouldContain(r => r["fact"] == "acknowledged");
        Directory.GetFileSystemEntries(folder.Path).Length.ShouldBe(3);

        async Task<IReadOnlyList<Dictionary<string, string>>> Rows(string what) =>
            await ExportTests.Parsed(
                await File.ReadAllBytesAsync(
                    Path.Combine(folder.Path, what + ".csv"),
                    TestContext.Current.CancellationToken
                )
            );
    }

    [Fact]
    public async Task ALL_4_It_never_replaces_a_file_and_says_what_is_wrong()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "a.csv");
        var (exit, _, error) = await Run(
            "export",
            "customers",
            "--data",
            folder.Path,
            "--to",
            file
        );
        exit.ShouldBe(ExitCode.Failed);
        error.ShouldContain("There is no store in");

        await using var desk = await Desk.Open();
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);
        (exit, _, error) = await Run(
            "export",
            "customers",
            "--data",
            desk.DataDirectory,
            "--to",
            file
        );
        exit.ShouldBe(ExitCode.Failed);
        error.ShouldContain("never replaces a file");
        (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).ShouldBe("mine");

        (exit, _, error) = await Run(
            "export",
            "everything",
            "--data",
            desk.DataDirectory,
            "--to",
            file
        );
        exit.ShouldBe(ExitCode.Usage);
        error.ShouldContain("everything");
    }

    private static async Task<(int Exit, string Output, string Error)> Run(
        params string[] arguments
    )
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var exit = await SetupCommands.Invoke(
            SetupCommands.Build(),
            arguments,
            new System.CommandLine.InvocationConfiguration { Output = output, Error = error }
        );
        return (exit, output.ToString(), error.ToString());
    }
}
