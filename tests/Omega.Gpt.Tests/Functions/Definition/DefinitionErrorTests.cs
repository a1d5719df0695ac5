using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Omega.Gpt.Tests.Functions.Definition;

public sealed class DefinitionErrorTests
{
    private delegate void WithReference(ref int x);

    public static TheoryData<string, Func<GptFunction>, string[]> Refused => new()
    {
        { "lambda without a name", () => GptFunction.Create((int x) => x), ["lambda", "name"] },
        { "bad name", () => GptFunction.Create((int x) => x, "no spaces"), ["\"no spaces\""] },
        { "name of other letters", () => GptFunction.Create(Größe), ["größe", "Give a name"] },
        { "pointer type", () => GptFunction.Create((IntPtr handle) => 0, "f"), ["f", "\"handle\"", "IntPtr"] },
        { "delegate type", () => GptFunction.Create((Func<int> make) => 0, "f"), ["\"make\"", "Func"] },
        { "interface", () => GptFunction.Create((IShape shape) => 0, "f"), ["\"shape\"", "IShape", "concrete"] },
        { "abstract member", () => GptFunction.Create((Holder holder) => 0, "f"), ["\"holder\"", "shape", "IShape"] },
        { "by reference", () => GptFunction.Create((WithReference)((ref int x) => x++), "f"), ["\"x\"", "reference"] },
        { "range on text", () => GptFunction.Create(([Range(1, 2)] string x) => 0, "f"), ["\"x\"", "[Range]", "number"] },
        { "length on a number", () => GptFunction.Create(([MaxLength(2)] int x) => 0, "f"), ["\"x\"", "[MaxLength]"] },
        { "pattern that cannot run", () => GptFunction.Create(([RegularExpression("(?<=")] string x) => 0, "f"), ["f", "/properties/x/pattern"] },
        { "values of another type", () => GptFunction.Create(([AllowedValues("a")] int x) => 0, "f"), ["\"x\"", "a"] },
        { "enum as number", () => GptFunction.Create((OrderRequest order) => 0, NumericEnumJson.Default, "f"), ["Side", "UseStringEnumConverter"] },
        { "type not in the context", () => GptFunction.Create((Whole whole) => 0, DefinitionJson.Default, "f"), ["\"whole\"", "JsonSerializable(typeof(Whole))"] },
        { "options without a resolver", () => GptFunction.Create((int x) => 0, new JsonSerializerOptions(), "f"), ["TypeInfoResolver"] },
        { "result of no JSON", () => GptFunction.Create(Type () => typeof(int), DefinitionJson.Default, "f"), ["result", "System.Type"] },
        { "two of one name", () => GptFunction.Create((int maxSize, int MaxSize) => 0, "f"), ["max_size"] },
        { "several methods", () => GptFunction.Create((Action)Nothing + Nothing, "f"), ["several methods"] },
        { "arguments that are no object", () => GptFunction.Create<string, int>("f", null, (x, context, token) => ValueTask.FromResult(1), DefinitionJson.Default), ["record"] },
        { "no marked method", () => GptFunction.FromMethods(new object())[0], ["[GptFunction]"] },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Create_WhatCannotBeAFunction_SaysWhatAndTheRemedy(string name, Func<GptFunction> create, string[] said)
    {
        var error = Assert.Throws<GptException>(create);

        Assert.Equal(GptErrorKind.BadRequest, error.Kind);
        Assert.Equal(GptPhase.Request, error.Phase);
        Assert.All(said, words => Assert.True(error.Message.Contains(words, StringComparison.Ordinal), $"{name}: \"{words}\" is not in: {error.Message}"));
    }

    private static void Nothing()
    {
    }

    private static int Größe(int x) => x;

    public interface IShape
    {
        int Edges { get; }
    }

    public sealed record Holder(IShape Shape);
}
