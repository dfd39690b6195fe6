export * from '../../cases/recommendationForm.ts';
