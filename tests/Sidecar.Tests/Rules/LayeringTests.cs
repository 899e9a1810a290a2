using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Sidecar.Tests.Rules;

/// <summary>Which folder may know which. One project, so the compiler does not watch over it.</summary>
public sealed partial class LayeringTests
{
    private const string Wire =
        "Sidecar.Mattermost|Sidecar.Hosting|Sidecar.Setup|Sidecar.Cli|Microsoft.AspNetCore";

    private const string Engines =
        "SQLitePCL|LiteDB|Npgsql|Sidecar.Storage.Sqlite|Sidecar.Storage.LiteDb|Sidecar.Storage.Postgres|Sidecar.Storage.Engines|Sidecar.Storage.Files";

    private const string Features = "Sidecar.Features";

    private const string Scheduling = "Sidecar.Scheduling|Quartz";

    /// <summary>What libraries and which of the upper floors a floor does without; circles are watched elsewhere.</summary>
    [Theory]
    [InlineData("Features", $"{Wire}|{Engines}|{Scheduling}")]
    [InlineData("Interactions", $"{Wire}|{Engines}|{Scheduling}|{Features}")]
    [InlineData("Text", $"{Wire}|{Engines}|{Scheduling}|{Features}|Sidecar.Storage")]
    [InlineData("Ids", $"{Wire}|{Engines}|{Scheduling}|{Features}|Sidecar.Storage")]
    [InlineData("Time", $"{Wire}|{Engines}|Sidecar.Scheduling|{Features}|Sidecar.Storage")]
    [InlineData("Chat", $"{Wire}|{Engines}|{Scheduling}|{Features}|Sidecar.Storage")]
    [InlineData("People", $"{Wire}|{Engines}|{Scheduling}|{Features}")]
    [InlineData("Outbox", $"{Wire}|SQLitePCL|LiteDB|Npgsql|{Scheduling}|{Features}")]
    [InlineData("Storage", $"{Wire}|{Scheduling}|{Features}")]
    [InlineData(
        "Mattermost",
        $"{Features}|Sidecar.Hosting|Sidecar.Setup|Sidecar.Cli|{Engines}|{Scheduling}"
    )]
    [InlineData("Api", $"{Engines}|{Scheduling}|Sidecar.Hosting|Sidecar.Setup|Sidecar.Cli")]
    [InlineData("Scheduling", $"{Wire}|{Engines}|{Features}|Sidecar.Chat")]
    [InlineData("Setup", Scheduling)]
    [InlineData("Cli", Scheduling)]
    [InlineData("Hosting", "Quartz")]
    public void A_folder_knows_only_what_it_may(string folder, string forbidden)
    {
        var never = new Regex(
            $@"^\s*(using\s+(static\s+)?|.*\b)({forbidden.Replace(".", "\\.")})\b",
            RegexOptions.None,
            TimeSpan.FromSeconds(5)
        );
        foreach (var file in Repository.Sources(Path.Combine("sidecar", folder)))
        {
            File.ReadLines(file)
                .Where(line =>
                    !line.TrimStart().StartsWith("//", StringComparison.Ordinal)
                    && never.IsMatch(line)
                )
                .ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void HTTP_types_stay_at_the_doors()
    {
        foreach (
            var folder in (string[])
                ["Features", "Interactions", "Text", "Chat", "People", "Outbox", "Storage"]
        )
        {
            foreach (var file in Repository.Sources(Path.Combine("sidecar", folder)))
            {
                Code(file).ShouldNotContain("HttpContext", customMessage: file);
                Code(file).ShouldNotContain("IResult", customMessage: file);
            }
        }
    }

    [Fact]
    public void Types_are_named_in_the_words_of_the_field()
    {
        foreach (var file in Repository.Sources("sidecar"))
        {
            Declaration()
                .Matches(Code(file))
                .Select(m => m.Groups["name"].Value)
                .Where(name => Worn().IsMatch(name))
                .ShouldBeEmpty(file);
        }
    }

    [Fact]
    public void The_program_stays_small() =>
        File.ReadLines(Path.Combine(Repository.Root, "sidecar/Program.cs"))
            .Count()
            .ShouldBeLessThanOrEqualTo(30);

    private static string Code(string file) =>
        string.Join(
            '\n',
            File.ReadLines(file)
                .Where(l => !l.TrimStart().StartsWith("//", StringComparison.Ordinal))
        );

    [GeneratedRegex(
        @"\b(?:class|record|struct|interface|enum)\s+(?<name>\w+)",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(
        "(Service|Manager|Helper|Utils?|Processor|Provider|Impl|Base|Dto|Handler)$",
        RegexOptions.ExplicitCapture,
        5000
    )]
    private static partial Regex Worn();
}
