using Shouldly;
using Sidecar.Cli;
using Sidecar.Storage.Engines;
using Xunit;

namespace Sidecar.Tests.Cli;

/// <summary>Whoever copies a store sees how far it is: a bar on a terminal, lines in a file.</summary>
public sealed class ProgressBarTests
{
    [Fact]
    public void A_terminal_has_one_bar_for_each_step()
    {
        using var output = new StringWriter();
        var bar = new ProgressBar(output, isTerminal: true);
        bar.Tell(new CopyProgress(CopyStep.Copied, 1_000, 2_000));
        bar.Tell(new CopyProgress(CopyStep.Copied, 2_000, 2_000));
        output
            .ToString()
            .ShouldBe(
                "\r[###############...............] copied   50 %, 1,000 of 2,000 rows"
                    + "\r[##############################] copied  100 %, 2,000 of 2,000 rows"
                    + Environment.NewLine
            );
    }

    [Fact]
    public void A_file_has_a_line_for_each_tenth()
    {
        using var output = new StringWriter();
        var bar = new ProgressBar(output, isTerminal: false);
        for (var rows = 1; rows <= 100; rows++)
        {
            bar.Tell(new CopyProgress(CopyStep.Checked, rows, 100));
        }

        var lines = output
            .ToString()
            .Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(10);
        lines[^1].ShouldBe("checked 100 %, 100 of 100 rows");
    }

    [Theory]
    [InlineData(0, 0, 100)]
    [InlineData(0, 3, 0)]
    [InlineData(2, 3, 66)]
    [InlineData(3, 3, 100)]
    public void Percent_is_of_all(long rows, long all, int percent) =>
        new CopyProgress(CopyStep.Copied, rows, all).Percent.ShouldBe(percent);
}
