using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Features;
using Sidecar.Interactions;
using Sidecar.Text;
using Line = Sidecar.Text.CommandLine;

namespace Benchmarks.Parts;

/// <summary>Commands of 16 kB of the kinds that cost most to understand; the goal is 5 ms of processor for each.</summary>
public class DearestCommands
{
    private const int Length = 16_000;

    private readonly CommandParser _book;
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal)
    {
        ["one word"] = new string('a', Length),
        ["many words"] = Repeated("a "),
        ["many roles"] = $"role grant @lead {Repeated("x,")}",
        ["help"] = $"help {new string('a', Length)}",
        ["open quotes"] = Repeated("„ "),
        ["escaped quotes"] = $"new \"{Repeated("\\\"")}",
        ["figures"] = $"customer measure acme {Repeated("mua ")}",
        ["a link"] = $"customer import https://chat.example.com/{Repeated("a/")}",
        ["marks"] = Repeated("\u200E"),
    };

    public DearestCommands()
    {
        var product = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(product);
        _book = new CommandParser(product.Build().Commands.Select(c => c.Spec));
    }

    [Params(
        "one word",
        "many words",
        "many roles",
        "help",
        "open quotes",
        "escaped quotes",
        "figures",
        "a link",
        "marks"
    )]
    public string Text { get; set; } = "";

    [Benchmark]
    public object Understanding() => _book.Read(Line.Read(_texts[Text]), Mentions.None);

    private static string Repeated(string part) =>
        string.Concat(Enumerable.Repeat(part, Length / part.Length));
}
