using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Sidecar.Features;
using Sidecar.Features.Escalations.Domain;
using Sidecar.Interactions;
using Sidecar.Text;
using Line = Sidecar.Text.CommandLine;

namespace Benchmarks.Dearest;

/// <summary>
/// <c>-- dearest</c>: each command of the product with 16 kB of each kind that costs most to understand; says the dearest
/// of them. The least of some rounds counts: what the machine does besides can only add to it.
/// </summary>
internal static class DearestRun
{
    private const int Length = 16_000;
    private const int Rounds = 7;
    private const int Shown = 12;
    private const int WarmUp = 20;

    /// <summary>The goal: what anybody types costs less of the processor.</summary>
    private static readonly TimeSpan Goal = TimeSpan.FromMilliseconds(5);

    private static readonly (string Name, string Part)[] Kinds =
    [
        ("one word", "a"),
        ("words", "a "),
        ("words and commas", "a, "),
        ("roles", "x,"),
        ("quoted words", "\"a\" "),
        ("curly quotes that stay open", "„ "),
        ("quotes", "\""),
        ("escapes", "\\\""),
        ("back-ticks", "`"),
        ("marks that nobody sees", "\u200E"),
        ("words with such marks", "a\u200E\u2066 "),
        ("combining letters", "e\u0301\u0302\u0303"),
        ("words of combining letters", "e\u0301 "),
        ("look-alikes", "ａ"),
        ("words of look-alikes", "аcmе "),
        ("families", "👨‍👩‍👧 "),
        ("flags", "🇩🇪"),
        ("broken letters", "\ud800"),
        ("digits", "9"),
        ("numbers", "99999999999 "),
        ("fractions", "1/"),
        ("times", "9:00-"),
        ("times and zones", "9am ET "),
        ("days", "next monday "),
        ("dates", "2026-01-31 "),
        ("mentions", "@a "),
        ("mentions with full stops", "@a............................... "),
        ("channels", "~a "),
        ("numbers of escalations", "ESC-1 "),
        ("figures", "seats 450/500 "),
        ("misspelt figures", "mua "),
        ("links", "https://chat.example.com/a/ "),
        ("a link", "/a"),
        ("signs", "&<>*_~|#"),
        ("ands", "to @a because "),
        ("line breaks", "\n"),
        ("wide spaces", "\u3000"),
    ];

    public static int Run()
    {
        var product = new FeatureBuilder(new ServiceCollection());
        AllFeatures.Register(product);
        var specs = product.Build().Commands.Select(c => c.Spec).ToList();
        var book = new CommandParser(specs);
        // The first rounds measure the compiler.
        for (var round = 0; round < WarmUp; round++)
        {
            foreach (var (_, part) in Kinds)
            {
                book.Read(Line.Read("list " + Repeated(part)), Mentions.None);
            }
        }

        var measured = new List<(TimeSpan Cost, string What)>();
        foreach (
            var path in specs
                .Select(s => s.Path)
                .Append("no such command")
                .Append("help")
                .Distinct()
        )
        {
            foreach (var (name, part) in Kinds)
            {
                // Behind the command, behind a first word, and grown into it.
                foreach (var start in (string[])[path + " ", path + " ESC-1 ", path])
                {
                    var text = start + Repeated(part);
                    measured.Add(
                        (
                            Least(() => book.Read(Line.Read(text), Mentions.None)),
                            $"`{start}`+ {name}"
                        )
                    );
                }
            }
        }

        measured.Sort((a, b) => b.Cost.CompareTo(a.Cost));
        foreach (var (cost, what) in measured.Take(Shown))
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{cost.TotalMilliseconds, 8:F2} ms  {what}"
                )
            );
        }

        var over = measured.Count(m => m.Cost >= Goal);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{measured.Count} lines of {Length:N0} characters, {over} of them dearer than {Goal.TotalMilliseconds} ms"
            )
        );
        return over == 0 ? 0 : 1;
    }

    private static string Repeated(string part) =>
        string.Concat(Enumerable.Repeat(part, Length / part.Length));

    private static TimeSpan Least(Func<object> work)
    {
        var least = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            var took = Stopwatch.GetElapsedTime(start);
            least = took < least ? took : least;
            if (round > 0 && least < Goal / 10)
            {
                break;
            }
        }

        return least;
    }
}
