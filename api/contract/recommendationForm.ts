export * from '../../forms/recommendation.ts';
