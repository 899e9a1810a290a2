using System.Text.Json;
using System.Text.RegularExpressions;
using Mattermost.Simulator;
using Shouldly;
using Sidecar.Features.Implementations;
using Sidecar.Tests.Harness;
using Sidecar.Text;
using Xunit;

namespace Sidecar.Tests.Rules.Forms;

/// <summary>
/// Odd texts in every text field of every form (T4, T7): each is kept as it was typed or refused at its field with a
/// sentence, and what is shown of it breaks no message.
/// </summary>
public sealed partial class OddTextTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is typed, with a word in it by which it is found again.</summary>
    private static readonly Dictionary<string, Func<string, DialogElement, string>> Odd = new(
        StringComparer.Ordinal
    )
    {
        ["right to left"] = (word, _) => $"\u202Eabc \u2066{word} שלום def",
        ["unseen"] = (word, _) => $"\u200Ba\u00ADb\u2060 {word}\u200B",
        ["pictures"] = (word, _) => $"👨‍👩‍👧 {word} 🇩🇪❤️",
        ["casing"] = (word, _) => $"İSTANBUL ığ ΟΔΟΣ ſ {word}",
        ["combining"] = (word, _) => $"e\u0301\u0323 Z\u0351\u036B\u0343 {word}\u0301",
        ["marks"] = (word, _) =>
            $"*{word}* __x__ `c | # [l](https://evil.test) ~~s~~ > @all <!here> \\",
        ["lines"] = (word, _) => $"{word} one\n| a | b |\n|--|--|\n# h\n- l\n```\ntwo",
        ["as long as it may be"] = (word, field) =>
            $"{new string('x', (int)Math.Max(0, (field.MaxLength > 0 ? field.MaxLength : 150) - word.Length - 1))} {word}",
    };

    private static readonly string[] IsAnAnswer = ["improvements", "changes"];

    public static TheoryData<string> Kinds => [.. Odd.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task T4_T7_What_is_typed_into_a_form_is_kept_or_refused_and_breaks_nothing(
        string kind
    )
    {
        await using var desk = await EveryForm.Prepared(new SimulatorOptions());
        var wrong = new List<string>();
        var words = new List<string>();
        await Each(
            desk,
            (field, at) =>
            {
                words.Add($"zebra{at}x");
                return Odd[kind](words[^1], field);
            },
            async (what, typed, facts) =>
            {
                foreach (var (field, text) in typed)
                {
                    var word = Word().Match(text).Value;
                    var kept = facts
                        .Where(s => s.Contains(word, StringComparison.Ordinal))
                        .ToList();
                    if (kept.Count == 0)
                    {
                        wrong.Add($"{what}: {field.Name} is lost");
                    }
                    else if (
                        !kept.Exists(s => Same(s).Contains(Same(text), StringComparison.Ordinal))
                    )
                    {
                        wrong.Add($"{what}: {field.Name} is kept as “{kept[0]}”");
                    }
                }

                await Task.CompletedTask;
            },
            wrong
        );
        wrong.AddRange(Shown(desk, words).SelectMany(Broken).Distinct());
        wrong.ShouldBeEmpty();
        words.Count.ShouldBeGreaterThan(60);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("-")]
    [InlineData(" – ")]
    [InlineData("n/a")]
    [InlineData("\u200B\u00A0\u2060")]
    public async Task T3_A_word_for_nothing_is_nothing_and_what_is_needed_asks_for_more(
        string typed
    )
    {
        await using var desk = await EveryForm.Prepared(new SimulatorOptions());
        var wrong = new List<string>();
        await Each(
            desk,
            (_, _) => typed,
            (what, sent, facts) =>
            {
                if (sent.Any(s => IsAnAnswer.Contains(s.Field.Name)))
                {
                    // What might improve, and what changes: nothing, honestly.
                    return Task.CompletedTask;
                }

                wrong.AddRange(
                    sent.Where(s => !s.Field.Optional)
                        .Select(s => $"{what}: {s.Field.Name} takes “{typed}”")
                );
                wrong.AddRange(
                    facts
                        .Where(f => f.Trim() == typed.Trim())
                        .Select(f => $"{what}: “{f}” is kept as a text")
                );
                return Task.CompletedTask;
            },
            wrong
        );
        wrong.ShouldBeEmpty();
    }

    private delegate Task Accepted(
        string what,
        IReadOnlyList<(DialogElement Field, string Text)> typed,
        IReadOnlyList<string> facts
    );

    /// <summary>Fills in the text fields of each form, takes back what is refused, and looks at what became of the rest.</summary>
    private static async Task Each(
        Desk desk,
        Func<DialogElement, int, string> text,
        Accepted accepted,
        List<string> wrong
    )
    {
        var (at, reached) = (0, 0);
        foreach (var form in EveryForm.Cases)
        {
            desk.Clock.Advance(TimeSpan.FromSeconds(2));
            var person = desk.Mattermost.As(form.Who);
            if (await Opened(desk, form) is not { } opened)
            {
                continue;
            }

            reached++;

            var what = $"{form.Dialog} “{opened.Title}”";
            var typed = opened
                .Elements.Where(e => e is { Type: "text" or "textarea" })
                .Select(e => (Field: e, Text: text(e, at++)))
                .ToList();
            var before = await desk.FactsWritten();
            var values = typed
                .Select(t => (t.Field.Name, (object?)t.Text))
                .Concat(Needed(opened))
                .ToArray();
            var outcome = await desk.Submits(form.Who, values);
            for (var tries = 0; tries < 4 && outcome is { Accepted: false, Status: 200 }; tries++)
            {
                wrong.AddRange(
                    outcome
                        .FieldErrors.Where(e => !IsSentence(e.Value))
                        .Select(e => $"{what}: {e.Key} is refused with “{e.Value}”")
                );
                if (outcome.FieldErrors.Count == 0)
                {
                    if (outcome.Error.Length == 0)
                    {
                        wrong.Add($"{what}: nothing is said");
                    }

                    break;
                }

                typed.RemoveAll(t => outcome.FieldErrors.ContainsKey(t.Field.Name));
                outcome = await desk.Submits(
                    form.Who,
                    [
                        .. outcome.FieldErrors.Keys.Select(name =>
                            (
                                name,
                                (object?)(
                                    opened.Elements.FirstOrDefault(e => e.Name == name)?.Default
                                    ?? ""
                                )
                            )
                        ),
                    ]
                );
            }

            if (outcome.Next is not null)
            {
                outcome = await desk.Submits(form.Who);
            }

            if (outcome.Closed)
            {
                await accepted(what, typed, await Texts(desk, before));
            }
            else if (desk.Mattermost.OpenDialogOf(form.Who) is { } still)
            {
                if (form.Does is not null)
                {
                    // What comes later needs it to have been done.
                    await desk.Submits(
                        form.Who,
                        [
                            .. still
                                .Elements.Where(e => e.Type is "text" or "textarea")
                                .Select(e => (e.Name, (object?)(e.Default ?? ""))),
                        ]
                    );
                }

                if (desk.Mattermost.OpenDialogOf(form.Who) is { } open)
                {
                    await person.CancelDialog(open);
                }
            }
        }

        reached.ShouldBeGreaterThan(EveryForm.Cases.Length / 2);
        desk.Log.Errors.ShouldBeEmpty();
        desk.Mattermost.DialogProblems.ShouldBeEmpty();
        desk.Mattermost.Violations.ShouldBeEmpty();
    }

    /// <summary>The form on the screen; null when what was filled in before left nothing to open it for.</summary>
    private static async Task<OpenedDialog?> Opened(Desk desk, FormCase form)
    {
        try
        {
            await form.Open(desk);
        }
        catch (Exception none)
            when (none is InvalidOperationException or ArgumentException or ShouldAssertException)
        {
            // The way there needs what another text would have done.
        }

        var opened = desk.Mattermost.OpenDialogOf(form.Who);
        return opened?.CallbackId == form.Dialog ? opened : null;
    }

    /// <summary>Something to choose where something has to be chosen.</summary>
    private static IEnumerable<(string, object?)> Needed(OpenedDialog form) =>
        form
            .Elements.Where(e =>
                !e.Optional
                && e.Type is "select" or "radio"
                && string.IsNullOrEmpty(e.Default)
                && e.Options is { Count: > 0 }
            )
            .Select(e => (e.Name, (object?)e.Options![0].Value));

    /// <summary>All texts in what was recorded since.</summary>
    private static async Task<IReadOnlyList<string>> Texts(Desk desk, int before)
    {
        var texts = new List<string>();
        foreach (var entry in (await desk.Store.Engine.ReadAudit(0, 100_000, Cancel)).Skip(before))
        {
            using var body = JsonDocument.Parse(entry.Entry.Body);
            Collect(body.RootElement, texts);
        }

        // Its facts tell that it was asked for, not of what.
        texts.AddRange(
            (await desk.Store.Find(ImplementationIndexes.Kind, "IMP-1", Cancel))
                is { Value: var asked }
                ? [$"{asked}"]
                : []
        );
        return texts;
    }

    private static void Collect(JsonElement json, List<string> texts)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                texts.Add(json.GetString()!);
                break;
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    Collect(item, texts);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    Collect(property.Value, texts);
                }

                break;
        }
    }

    /// <summary>Without what is said to be dropped: marks that nobody sees, blanks at the ends, kinds of blanks and lines.</summary>
    private static string Same(string text) =>
        string.Join(
            ' ',
            UnseenMarks.Composed(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
        );

    private static bool IsSentence(string said) =>
        said.Length > 10 && said.TrimEnd().EndsWith('.') || said.TrimEnd().EndsWith('?');

    private static IEnumerable<string> Shown(Desk desk, List<string> words) =>
        desk
            .Mattermost.Channels.SelectMany(c => desk.Mattermost.Posts(c.Id))
            .Where(p => p.UserId == desk.Bot.Id)
            .SelectMany(p =>
                p.FullAttachments.SelectMany(a =>
                        (a.Fields ?? []).Select(f => $"{f.Value}").Append(a.Text ?? "")
                    )
                    .Append(p.Message)
            )
            .Where(text => words.Exists(w => text.Contains(w, StringComparison.Ordinal)));

    private static IEnumerable<string> Broken(string text)
    {
        if (text.Any(c => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069')))
        {
            yield return $"turned around: {text}";
        }

        if (Formatted().IsMatch(text))
        {
            yield return $"formatted: {text}";
        }

        if (Ping().IsMatch(text))
        {
            yield return $"pings: {text}";
        }

        if (Fence().Count(text) % 2 == 1)
        {
            yield return $"a block is left open: {text}";
        }

        var cells = 0;
        foreach (var line in text.Split('\n'))
        {
            var here = line.StartsWith('|') ? Cell().Count(line) : 0;
            if (cells > 0 && here > 0 && here != cells)
            {
                yield return $"a row of another table: {text}";
            }

            cells = here;
        }
    }

    [GeneratedRegex(@"zebra\d+x")]
    private static partial Regex Word();

    [GeneratedRegex(
        @"(?<!\\)\*zebra|(?<![\\\w])__x__|(?<!\\)~~s|(?<!\\)\[l\]\(|^# h|^- l",
        RegexOptions.Multiline
    )]
    private static partial Regex Formatted();

    [GeneratedRegex(@"@all\b|<!here")]
    private static partial Regex Ping();

    [GeneratedRegex(@"^\s*```", RegexOptions.Multiline)]
    private static partial Regex Fence();

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Cell();
}
